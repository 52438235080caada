import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import type { Bundle } from "./bundle.js";

/** Runs a bundle in a page of Chromium from a local server, because Web Crypto requires one. */
export async function runInChromium(
  executablePath: string,
  { code }: Bundle,
  options: object,
): Promise<unknown> {
  const server = createServer((request, response) => {
    const isModule = request.url === "/bundle.js";
    response.setHeader("Content-Type", isModule ? "text/javascript; charset=utf-8" : "text/html");
    response.end(isModule ? code : PAGE);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  try {
    const page = await browser.newPage();
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    if (errors[0] !== undefined) throw errors[0];
    return await page.evaluate((given) => (globalThis as unknown as Page).run(given), options);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** The globals that hosts/page.ts sets in the page. */
interface Page {
  run(options: object): Promise<unknown>;
}

const PAGE =
  '<!doctype html><title>runtimes</title><script type="module" src="/bundle.js"></script>';

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
