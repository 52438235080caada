import { readFileSync } from "node:fs";

const { repository } = JSON.parse(
  readFileSync(new URL("../../packages/client/package.json", import.meta.url), "utf8"),
);

/** The address of the sources: the packages name it. */
export const SOURCE: string = repository.url.replace(/^git\+|\.git$/g, "");

/** The address of the site, without a slash at the end. A deployment below another path sets `DOCS_BASE`. */
export const SITE = "https://oauth1.github.io/oauth1";
