// The input of a form is never lost, and a key is never created twice.
import type { RunningConsole } from "@oauth1/console";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityFaults, startTestConsole, watchedPage } from "./browser.js";
import { call, createKey, fillKeyForm, focused, namesOf, signInByLink } from "./console-user.js";

describe.skipIf(isMissing("chromium"))("the forms of a key", () => {
  let running: RunningConsole;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [running, browser] = await Promise.all([startTestConsole(), startChromium()]);
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    ({ page, complaints } = await watchedPage(context));
    await signInByLink(page, running);
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  const leaving = () => page.getByRole("dialog", { name: "Leave without saving?" });
  const save = () => page.getByRole("button", { name: "Save" });

  /** Reloads a page, without unsaved changes. */
  async function open(path: string, heading: string): Promise<void> {
    await page.goto(`${running.origin}${path}`);
    await page.getByRole("heading", { name: heading, exact: true }).waitFor();
  }

  async function openKey(fields: Readonly<Record<string, unknown>>): Promise<string> {
    const { id } = await createKey(page, fields);
    await open(`/api-keys/${id}`, "Edit privileges");
    return id;
  }

  async function closeSecrets(title: string): Promise<void> {
    const dialog = page.getByRole("dialog", { name: title });
    await page.getByLabel("I have saved these secrets").check();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await dialog.waitFor({ state: "detached" });
  }

  describe("errors", () => {
    it("clear as soon as the value is right", async () => {
      await open("/api-keys/new", "New API key");
      await save().click();
      const fault = page.getByText("Enter an application name.");
      await fault.waitFor();
      expect(await focused(page)).toBe("applicationName");
      await page.getByLabel("Application name").fill("A");
      await fault.waitFor({ state: "detached" });
      expect(await page.getByLabel("Application name").getAttribute("aria-invalid")).toBeNull();
      // The others stay, and the focus does not move while the user types.
      await page.getByText("Enter a developer name.").waitFor();
      expect(await focused(page)).toBe("applicationName");
      await page.getByLabel("Category").selectOption("Agent Interactions");
      await page.getByText("Select at least one permission.").waitFor();
      await page.getByLabel("User Login").check();
      await page.getByText("Select at least one permission.").waitFor({ state: "detached" });
    });

    it("report the maximum length of a name, instead of cutting it", async () => {
      await open("/api-keys/new", "New API key");
      await fillKeyForm(page, "x".repeat(103));
      expect(await page.getByLabel("Application name").inputValue()).toHaveLength(103);
      await save().click();
      const fault = page.getByText("Application name must have at most 100 characters; remove 3.");
      await fault.waitFor();
      await page.getByLabel("Application name").fill("x".repeat(100));
      await fault.waitFor({ state: "detached" });
    });

    it("of the server appear at the field, and clear with the next change", async () => {
      await open("/api-keys/new", "New API key");
      await fillKeyForm(page, "Bell\u0007");
      await save().click();
      const fault = page.getByText(/^Application name: must be one line without control/);
      await fault.waitFor();
      await page.getByLabel("Application name").fill("Bell");
      await fault.waitFor({ state: "detached" });
    });
  });

  describe("unsaved changes", () => {
    it("are kept at a navigation link, at Cancel, at Back and at Sign out", async () => {
      await open("/api-keys", "API keys");
      await page.getByRole("link", { name: "Add new" }).click();
      await page.getByLabel("Application name").fill("Half");
      const address = page.url();
      for (const leave of [
        () => page.getByRole("link", { name: "Playground" }).click(),
        () => page.getByRole("link", { name: "Cancel" }).click(),
        () => page.getByRole("button", { name: "Sign out" }).click(),
        () => page.goBack(),
      ]) {
        await leave();
        await leaving().waitFor();
        expect(await focused(page)).toBe("Keep editing");
        expect(await accessibilityFaults(page)).toEqual([]);
        await page.keyboard.press("Enter");
        await leaving().waitFor({ state: "detached" });
        expect(page.url()).toBe(address);
        expect(await page.getByLabel("Application name").inputValue()).toBe("Half");
      }
      await page.getByRole("link", { name: "Playground" }).click();
      await leaving().getByRole("button", { name: "Leave without saving" }).click();
      await page.getByRole("heading", { name: "Playground" }).waitFor();
      // Nothing is unsaved here.
      await page.goBack();
      await page.getByRole("heading", { name: "New API key" }).waitFor();
      await page.goBack();
      await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
    });

    it("stay after Disable, Enable and Rotate", async () => {
      await openKey({ applicationName: "Draft" });
      await page.getByLabel("Application name").fill("Draft 2");
      await page.getByRole("button", { name: "Disable" }).press("Enter");
      await page.getByRole("button", { name: "Enable" }).waitFor();
      expect(await focused(page)).toBe("Enable");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Disable" }).waitFor();
      await page.getByRole("button", { name: "Rotate" }).click();
      await closeSecrets("New secrets");
      expect(await page.getByLabel("Application name").inputValue()).toBe("Draft 2");
      await save().click();
      await page.getByText("Saved.").waitFor();
      expect(await namesOf(page, "Draft")).toEqual(["Draft 2"]);
      await page.getByText("Application name: Draft → Draft 2").waitFor();
    });

    it("include the permissions of a category that was changed and chosen again", async () => {
      await open("/api-keys/new", "New API key");
      await page.getByLabel("Category").selectOption("Administration");
      await page.getByLabel("Users", { exact: false }).first().check();
      await page.getByLabel("Category").selectOption("Data");
      await page.getByLabel("Data Access API").check();
      await page.getByLabel("Category").selectOption("Administration");
      expect(await page.getByLabel("Users", { exact: false }).first().isChecked()).toBe(true);
      await page.getByLabel("Category").selectOption("Data");
      expect(await page.getByLabel("Data Access API").isChecked()).toBe(true);
    });

    it("cannot be typed while they are saved, so the form shows what is saved", async () => {
      await openKey({ applicationName: "Slow" });
      let answer = () => {};
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route("**/api/console/keys/*", async (route) => {
        if (route.request().method() === "PATCH") await held;
        await route.continue();
      });
      const name = page.getByLabel("Application name");
      await name.fill("Slow 2");
      await name.press("Enter");
      await page.locator('button[aria-busy="true"]').getByText("Save").waitFor();
      await page.keyboard.type(" lost");
      expect(await name.inputValue()).toBe("Slow 2");
      answer();
      await page.getByText("Saved.").waitFor();
      expect(await focused(page)).toBe("applicationName");
      await page.keyboard.type(" and more");
      expect(await name.inputValue()).toBe("Slow 2 and more");
      await page.unroute("**/api/console/keys/*");
      expect(await namesOf(page, "Slow")).toEqual(["Slow 2"]);
    });
  });

  describe("a lost response", () => {
    /** Lets the server respond once, and breaks the connection before the response arrives. */
    async function loseNextAnswer(pattern: string): Promise<void> {
      await page.route(
        pattern,
        async (route) => {
          await route.fetch();
          await route.abort("connectionreset");
        },
        { times: 1 },
      );
    }

    it("to a creation does not create a second key: Save shows the secrets of the first", async () => {
      await open("/api-keys/new", "New API key");
      await fillKeyForm(page, "Once");
      await loseNextAnswer("**/api/console/keys");
      await save().click();
      await page.getByRole("alert").getByText("The server did not respond.").waitFor();
      expect(await page.getByLabel("Application name").inputValue()).toBe("Once");
      expect(await namesOf(page, "Once")).toEqual(["Once"]);
      await save().click();
      await page.getByRole("dialog", { name: "API key created" }).waitFor();
      const shown = await page.locator('code[data-value="App key"]').textContent();
      const { body } = await call(page, "GET", "/keys?search=Once");
      expect(body.keys.map((key: { client: object }) => key.client)).toEqual([
        { identifier: shown },
      ]);
      await closeSecrets("API key created");
    });

    it("to a creation is found after the form was changed: the same key gets the changes", async () => {
      await open("/api-keys/new", "New API key");
      await fillKeyForm(page, "Twice");
      await loseNextAnswer("**/api/console/keys");
      await save().click();
      await page.getByRole("alert").getByText("The server did not respond.").waitFor();
      await page.getByLabel("Application name").fill("Twice, renamed");
      await save().click();
      await page.getByRole("dialog", { name: "API key created" }).waitFor();
      expect(await namesOf(page, "Twice")).toEqual(["Twice, renamed"]);
      await closeSecrets("API key created");
    });

    it("shows the secrets and a message if the changes cannot be saved", async () => {
      await open("/api-keys/new", "New API key");
      await fillKeyForm(page, "Half changed");
      await loseNextAnswer("**/api/console/keys");
      await save().click();
      await page.getByRole("alert").getByText("The server did not respond.").waitFor();
      await page.getByLabel("Application name").fill("Half changed, renamed");
      await page.route("**/api/console/keys/*", (route) => route.abort(), { times: 1 });
      await save().click();
      await page.getByText("The key has your first entries").waitFor();
      expect(await page.locator('code[data-value="Secret"]').textContent()).toMatch(
        /^[0-9a-f]{64}$/,
      );
      await closeSecrets("API key created");
      expect(await namesOf(page, "Half")).toEqual(["Half changed"]);
    });

    it("to a rotation does not rotate twice", async () => {
      const id = await openKey({ applicationName: "Rotated once" });
      await loseNextAnswer("**/rotate");
      await page.getByRole("button", { name: "Rotate" }).click();
      await page.getByRole("alert").getByText("The server did not respond.").waitFor();
      await page.getByRole("button", { name: "Rotate" }).click();
      await closeSecrets("New secrets");
      const { body } = await call(page, "GET", `/keys/${id}/audit`);
      expect(body.entries.map(({ action }: { action: string }) => action)).toEqual([
        "secrets rotated",
        "key created",
      ]);
    });
  });

  it("keep their input while the server is unreachable, and save it afterwards", async () => {
    await open("/api-keys/new", "New API key");
    await fillKeyForm(page, "Offline");
    await context.setOffline(true);
    await save().click();
    const alert = page.getByRole("alert").getByText("The server did not respond.");
    await alert.waitFor();
    await context.setOffline(false);
    expect(await page.getByLabel("Application name").inputValue()).toBe("Offline");
    await save().click();
    await closeSecrets("API key created");
    expect(await namesOf(page, "Offline")).toEqual(["Offline"]);
  });

  it("show the error of Disable and of Rotate next to the button, inside the viewport", async () => {
    await page.setViewportSize({ width: 390, height: 500 });
    await openKey({ applicationName: "Errors" });
    await context.setOffline(true);
    try {
      for (const name of ["Disable", "Rotate"]) {
        await page.getByRole("button", { name }).click();
        const alert = page.getByRole("alert").getByText("The server did not respond.").last();
        await alert.waitFor();
        const button = await page.getByRole("button", { name }).boundingBox();
        expect((await alert.boundingBox())?.y).toBeGreaterThan(button?.y ?? 0);
        // The page scrolls to it. Positions are rounded to pixels.
        const bottom = async () => {
          const box = await alert.boundingBox();
          return (box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0);
        };
        await expect.poll(bottom).toBeLessThan(501);
        expect(await focused(page)).toBe(name);
      }
    } finally {
      await context.setOffline(false);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  describe("a change by another user", () => {
    it("of another field is merged, and the user's own change is saved", async () => {
      const id = await openKey({ applicationName: "Shared 1" });
      await page.getByLabel("Application name").fill("Shared 1, mine");
      await call(page, "PATCH", `/keys/${id}`, { developerName: "John Doe" });
      await save().click();
      const conflict = page.getByRole("group", { name: "Somebody else has changed this key" });
      await conflict.waitFor();
      await conflict.getByText("(before: Jane Doe)").waitFor();
      expect(await conflict.getByLabel("Take theirs: John Doe").isChecked()).toBe(true);
      expect(await page.getByLabel("Developer name").first().inputValue()).toBe("John Doe");
      expect(await page.getByLabel("Application name").inputValue()).toBe("Shared 1, mine");
      expect(await accessibilityFaults(page)).toEqual([]);
      await save().click();
      await page.getByText("Saved.").waitFor();
      const { body } = await call(page, "GET", `/keys/${id}`);
      expect(body).toMatchObject({
        applicationName: "Shared 1, mine",
        developerName: "John Doe",
      });
      expect(await conflict.count()).toBe(0);
    });

    it("of the same field is shown, and the user chooses field by field", async () => {
      const id = await openKey({ applicationName: "Shared 2" });
      await page.getByLabel("Application name").fill("Mine");
      await page.getByLabel("Category").selectOption("Data");
      await page.getByLabel("Data Access API").check();
      await call(page, "PATCH", `/keys/${id}`, {
        applicationName: "Theirs",
        category: "functions",
        permissions: ["functions"],
      });
      await save().click();
      const conflict = page.getByRole("group", { name: "Somebody else has changed this key" });
      await conflict.waitFor();
      expect(await conflict.getByLabel("Keep mine: Mine").isChecked()).toBe(true);
      await conflict.getByLabel("Take theirs: Theirs").check();
      expect(await page.getByLabel("Application name").inputValue()).toBe("Theirs");
      await conflict.getByLabel("Keep mine: Mine").check();
      await conflict.getByLabel(/^Take theirs: Functions/).check();
      await save().click();
      await page.getByText("Saved.").waitFor();
      const { body } = await call(page, "GET", `/keys/${id}`);
      expect(body).toMatchObject({ applicationName: "Mine", category: "functions" });
    });

    it("of only the status or the secrets is not a conflict", async () => {
      const id = await openKey({ applicationName: "Shared 3" });
      await page.getByLabel("Application name").fill("Shared 3, mine");
      await call(page, "POST", `/keys/${id}/disable`);
      await call(page, "POST", `/keys/${id}/rotate`, {});
      await save().click();
      await page.getByText("Saved.").waitFor();
      await page.getByRole("button", { name: "Enable" }).waitFor();
      const { body } = await call(page, "GET", `/keys/${id}`);
      expect(body).toMatchObject({ applicationName: "Shared 3, mine", enabled: false });
    });

    it("twice during the comparison is shown again", async () => {
      const id = await openKey({ applicationName: "Shared 4" });
      await page.getByLabel("Application name").fill("Mine");
      await call(page, "PATCH", `/keys/${id}`, { applicationName: "First" });
      await save().click();
      await page.getByLabel("Take theirs: First").waitFor();
      await call(page, "PATCH", `/keys/${id}`, { applicationName: "Second" });
      await save().click();
      await page.getByLabel("Take theirs: Second").waitFor();
      await page.getByLabel("Take theirs: Second").check();
      await page.getByLabel("Developer name").first().fill("John Doe");
      await save().click();
      await page.getByText("Saved.").waitFor();
      const { body } = await call(page, "GET", `/keys/${id}`);
      expect(body).toMatchObject({ applicationName: "Second", developerName: "John Doe" });
    });
  });

  it("show until when the secrets of two rotations work, and can end them early", async () => {
    const id = await openKey({ applicationName: "Promises" });
    for (const [overlap, notes] of [
      ["In 1 day", /^The old secrets work until .+\. Rotating again does not change this\.$/],
      ["In 1 hour", /^The old secrets of 2 rotations work until .+ and .+\./],
    ] as const) {
      await page.getByLabel("Current secrets stop working").selectOption(overlap);
      await page.getByRole("button", { name: "Rotate" }).click();
      await closeSecrets("New secrets");
      await page.getByText(notes).waitFor();
    }
    await page.getByRole("button", { name: "End old secrets now" }).click();
    const question = page.getByRole("dialog", { name: "End the old secrets now?" });
    await question.getByText(/This ends the secrets that work until .+ and .+\./).waitFor();
    expect(await focused(page)).toBe("Keep them");
    expect(await accessibilityFaults(page)).toEqual([]);
    await question.getByRole("button", { name: "End old secrets now" }).click();
    await question.waitFor({ state: "detached" });
    expect(await page.getByText("The old secrets").count()).toBe(0);
    await page.getByText("Old secrets ended").waitFor();
    await page.getByText(/^They would have worked until /).waitFor();
    expect((await call(page, "GET", `/keys/${id}`)).body.oldSecretsExpireAt).toEqual([]);
  });

  it("show descriptions in the font of the other fields", async () => {
    await open("/api-keys/new", "New API key");
    await page.getByRole("button", { name: "Add description" }).click();
    const fontOf = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector("${selector}")).fontFamily`);
    expect(await fontOf("#description")).toBe(await fontOf("#applicationName"));
  });

  it("cause no error in the browser", () => {
    expect(complaints).toEqual([]);
  });
});
