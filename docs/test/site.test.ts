// Every page of the built site in a browser that is as narrow as a phone.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isMissing, startChromium } from "@oauth1/test-servers";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityFaults } from "../../packages/console/test/browser.js";
import { SOURCE } from "../.vitepress/source.ts";
import { fileOf, files, pages, serveSite } from "./built-site.ts";

const PHONE = { width: 360, height: 740 };

/** The content of a page after its scripts have run. */
interface Visit {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly headings: readonly string[];
  /** The fragments that an address can have. */
  readonly anchors: readonly string[];
  /** Absolute addresses. */
  readonly links: readonly string[];
  /** The elements that are wider than the window, if the page is wider. */
  readonly tooWide: readonly string[];
  readonly messages: readonly string[];
  readonly requested: readonly string[];
}

describe.skipIf(isMissing("chromium"))("the built site", () => {
  let site: Awaited<ReturnType<typeof serveSite>>;
  let browser: Browser;
  let visits: readonly Visit[];
  beforeAll(async () => {
    site = await serveSite();
    browser = await startChromium();
    visits = await visitAll(browser, site.origin);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** Returns the problems of each page that has any. */
  const faults = (find: (visit: Visit) => unknown): Record<string, unknown> =>
    Object.fromEntries(
      visits.flatMap((visit) => {
        const found = find(visit);
        return found === undefined || (Array.isArray(found) && found.length === 0)
          ? []
          : [[visit.path, found]];
      }),
    );

  it("has no message in the console and no violation of its policy", () => {
    expect(
      faults(({ path, messages }) =>
        // The browser reports the status of the missing page itself.
        messages.filter((message) => path !== MISSING_PAGE || !message.includes("status of 404")),
      ),
    ).toEqual({});
  });

  it("sends no request to another host", () => {
    expect(visits.length).toBeGreaterThan(100);
    expect(
      faults(({ requested }) => requested.filter((url) => new URL(url).origin !== site.origin)),
    ).toEqual({});
  });

  it("fits a window of 360 pixels", () => {
    expect(faults(({ tooWide }) => tooWide)).toEqual({});
  });

  it("has one heading of the first level, a title and a description on each page", () => {
    expect(faults(({ headings }) => (headings.length === 1 ? undefined : headings))).toEqual({});
    expect(faults(({ title }) => (title === "" ? "no title" : undefined))).toEqual({});
    expect(
      faults(({ description }) => (description === "" ? "no description" : undefined)),
    ).toEqual({});
  });

  it("contains the target of each internal link, with its anchor", () => {
    const anchors = new Map(visits.map((visit) => [visit.path, new Set(visit.anchors)]));
    expect(
      faults(({ links }) =>
        links.filter((link) => {
          const { origin, pathname, hash } = new URL(link);
          // The report's own addresses select what it shows.
          if (origin !== site.origin || pathname === "/report/") return false;
          const found = anchors.get(pathname.replace(/\.html$/, ""));
          if (found === undefined) return !files.includes(decodeURI(pathname).slice(1));
          return hash !== "" && !found.has(decodeURIComponent(hash.slice(1)));
        }),
      ),
    ).toEqual({});
  });

  it("has no link to a file that is missing from the repository", () => {
    const tracked = new Set(
      execFileSync("git", ["ls-files"], { cwd: REPOSITORY, encoding: "utf8" }).split("\n"),
    );
    expect(
      faults(({ links }) =>
        links.filter((link) => {
          const path = /^\/(?:blob|tree|edit|raw)\/[^/]+\/([^#?]*)/.exec(
            link.slice(SOURCE.length),
          )?.[1];
          if (!link.startsWith(`${SOURCE}/`) || path === undefined) return false;
          const isFolder = link.startsWith(`${SOURCE}/tree/`);
          return isFolder ? !existsSync(REPOSITORY + path) : !tracked.has(decodeURI(path));
        }),
      ),
    ).toEqual({});
  });

  it("lists the addresses of other hosts in external-links.txt", async () => {
    const links = visits
      .flatMap((visit) => visit.links)
      .filter((link) => new URL(link).origin !== site.origin && !link.startsWith(SOURCE));
    const unique = [...new Set(links.map((link) => link.replace(/#.*$/, "")))].sort();
    expect(unique.filter((link) => !link.startsWith("https://"))).toEqual([]);
    // `npx vitest run -u` in docs/ writes the file.
    await expect(`${unique.join("\n")}\n`).toMatchFileSnapshot("external-links.txt");
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`is accessible in ${colorScheme} mode`, async () => {
      const context = await browser.newContext({ colorScheme, viewport: PHONE });
      const found = await Promise.all(
        KINDS_OF_PAGES.map(async (path) => {
          const page = await context.newPage();
          await page.goto(site.origin + path, { waitUntil: "load" });
          const all = await accessibilityFaults(page);
          await page.close();
          return all.map((fault) => `${path}: ${fault}`);
        }),
      );
      await context.close();
      expect(found.flat()).toEqual([]);
    });
  }

  it("finds codes and messages in its search", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/`);
    for (const [words, target] of [
      ["nonce_used", "/troubleshooting"],
      ["Invalid signature", "/troubleshooting#invalid-signature"],
      ["ERR_URL_SCHEME", "/errors"],
    ]) {
      await page.getByRole("button", { name: "Search" }).first().click();
      await page.getByRole("searchbox").fill(words ?? "");
      await page.locator(`.VPLocalSearchBox .result[href*="${target}"]`).first().waitFor();
      await page.keyboard.press("Escape");
    }
    await page.close();
  });
});

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

const MISSING_PAGE = "/no-such-page";
const API_PAGE = "/api/@oauth1/base-string/main";

/** The start page, a guide, a page of API, one with wide tables, and one that does not exist. */
const KINDS_OF_PAGES = [
  "/",
  "/troubleshooting",
  "/how-a-signature-is-made",
  API_PAGE,
  "/conformance",
  MISSING_PAGE,
];

/** Visits every page: the first of each folder with its scripts, and with OAUTH1_SITE=all each page. */
async function visitAll(browser: Browser, origin: string): Promise<Visit[]> {
  const folders = new Set<string>();
  const isScripted = (path: string) => {
    const folder = /^\/(?:tools\/.*|[^/]*$|[^/]*)/.exec(path)?.[0] ?? path;
    const isFirst = !folders.has(folder);
    folders.add(folder);
    return isFirst || KINDS_OF_PAGES.includes(path) || process.env["OAUTH1_SITE"] === "all";
  };
  const scripted = pages.filter(isScripted);
  const others = pages.filter((path) => !scripted.includes(path));
  const visits = await Promise.all([
    visitWithScripts(browser, origin, [...scripted, MISSING_PAGE]),
    visitWithoutScripts(browser, origin, others),
  ]);
  return visits.flat().sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Visits some pages at a time. */
async function visitWithScripts(
  browser: Browser,
  origin: string,
  paths: readonly string[],
): Promise<Visit[]> {
  const context = await browser.newContext({ viewport: PHONE });
  const waiting = [...paths];
  const visits: Visit[] = [];
  const visitNext = async (): Promise<void> => {
    const page = await context.newPage();
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const { messages, requested, stop } = record(page);
      await page.goto(origin + path, { waitUntil: "domcontentloaded" });
      // Scripts write the pages of the tools and the missing page.
      await page.locator("h1").first().waitFor({ state: "attached", timeout: 120_000 });
      const found = (await page.evaluate(`(${LOOK})(document)`)) as Found;
      stop();
      visits.push({ path, messages, requested, ...found });
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: 3 }, visitNext));
  await context.close();
  return visits;
}

/**
 * Shows one page after the other in the same document, which has the styles of all pages. This
 * takes a tenth of the time.
 */
async function visitWithoutScripts(
  browser: Browser,
  origin: string,
  paths: readonly string[],
): Promise<Visit[]> {
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}${API_PAGE}`);
  const visits: Visit[] = [];
  for (const path of paths) {
    const { messages, requested, stop } = record(page);
    const html = readFileSync(fileOf(path), "utf8");
    const show = `const shown = new DOMParser().parseFromString(${JSON.stringify(html)}, "text/html");
      history.replaceState(null, "", ${JSON.stringify(path)});
      document.body.replaceWith(shown.body);`;
    const found = (await page.evaluate(`{ ${show} (${LOOK})(shown) }`)) as Found;
    stop();
    visits.push({ path, messages, requested, ...found });
  }
  await context.close();
  return visits;
}

/** Records a page's messages and requests until `stop`. */
function record(page: Page) {
  const messages: string[] = [];
  const requested: string[] = [];
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url())) requested.push(request.url());
  });
  return { messages, requested, stop: () => page.removeAllListeners() };
}

/** The visible content of a document. */
type Found = Omit<Visit, "path" | "messages" | "requested">;

/** A function that examines the shown page. Its argument contains the title and the description. */
const LOOK = `({ title, head }) => ({
  title,
  description: head.querySelector("meta[name=description]")?.content ?? "",
  headings: [...document.querySelectorAll("h1")].map((each) => each.textContent),
  anchors: [...document.querySelectorAll("[id]")].map((each) => each.id),
  links: [...document.querySelectorAll("a[href]")].map((each) => each.href),
  tooWide: document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("main *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth)
    .slice(0, 3)
    .map((each) => each.outerHTML.slice(0, 200)),
})`;
