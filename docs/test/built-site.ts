// The built site, served as `npm run docs:serve` does.
import { existsSync, readdirSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { serve } from "vitepress";

/** The folder of the built site. */
export const SITE: string = fileURLToPath(new URL("../.vitepress/dist", import.meta.url));

if (!existsSync(SITE)) throw new Error("the site is not built; run npm run docs");

/** The files of the built site, relative to its folder. */
export const files: readonly string[] = readdirSync(SITE, { recursive: true, encoding: "utf8" });

/** The addresses of the pages, without the 404 page. */
export const pages: readonly string[] = files
  .filter((file) => file.endsWith(".html") && file !== "404.html")
  .map((file) => `/${file.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "")}`)
  .sort();

/** The file of a page. */
export function fileOf(page: string): string {
  return `${SITE}${page.endsWith("/") ? `${page}index` : page}.html`;
}

/** Serves the site on a free port. */
export async function serveSite(): Promise<{ origin: string; close: () => Promise<void> }> {
  const app = await serve({ root: fileURLToPath(new URL("..", import.meta.url)), port: 0 });
  const server = app.server;
  if (server === undefined) throw new Error("vitepress did not start a server");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        (server as Server).closeAllConnections();
      }),
  };
}
