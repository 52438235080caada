// The actions of an administrator in the console, for the tests in a browser.
import type { RunningConsole } from "@oauth1/console";
import type { Page } from "playwright-core";
import { expect } from "vitest";

export const PASSWORD = "a long password for tests";

/** Sets the administrator's password with the one-time link, which opens a session. */
export async function signInByLink(page: Page, running: RunningConsole): Promise<void> {
  await page.goto(running.oneTimeLink ?? "");
  await page.getByLabel("Password", { exact: false }).first().fill(PASSWORD);
  await page.getByLabel("Confirm password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("heading", { name: "API keys" }).waitFor();
}

/** Fills the form for a new key. */
export async function fillKeyForm(page: Page, applicationName: string): Promise<void> {
  await page.getByLabel("Application name").fill(applicationName);
  await page.getByLabel("Developer name").fill("Jane Doe");
  await page.getByLabel("Category").selectOption("Agent Interactions");
  await page.getByLabel("User Login").check();
}

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests check the shape of the body
  readonly body: any;
}

/** Calls the console's API with the session of a page, as another tab or a script would. */
export function call(page: Page, method: string, path: string, body?: object): Promise<Answer> {
  return page.evaluate(
    `(async () => {
      const session = await fetch("/api/console/session").then((each) => each.json());
      const response = await fetch("/api/console" + ${JSON.stringify(path)}, {
        method: ${JSON.stringify(method)},
        headers: {
          "X-CSRF-Token": session.csrfToken,
          ${body === undefined ? "" : '"Content-Type": "application/json",'}
        },
        ${body === undefined ? "" : `body: ${JSON.stringify(JSON.stringify(body))},`}
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    })()`,
  );
}

/** Creates a key by the API, and returns it. */
export async function createKey(
  page: Page,
  fields: Readonly<Record<string, unknown>>,
): Promise<{ id: string; client: { identifier: string } }> {
  const { status, body } = await call(page, "POST", "/keys", {
    developerName: "Jane Doe",
    category: "agent-interactions",
    permissions: ["user-login"],
    ...fields,
  });
  expect(status).toBe(201);
  return body.key;
}

/** Returns the names of the keys with a text in them. */
export async function namesOf(page: Page, search: string): Promise<string[]> {
  const { body } = await call(page, "GET", `/keys?search=${encodeURIComponent(search)}`);
  return body.keys.map((key: { applicationName: string }) => key.applicationName);
}

/** Returns the element that has the focus: its name, text, or tag. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const { activeElement } = document;
    const name = activeElement.getAttribute("name") ?? activeElement.dataset.value;
    return name ?? (activeElement === document.body ? "body" : activeElement.textContent.trim());
  })()`);
}
