import { readFileSync } from "node:fs";

const { homepage, repository } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
);

/** The address of the sources. The root's package.json has it, and `npm run metadata` writes it into each. */
export const SOURCE: string = repository.url.replace(/^git\+|\.git$/g, "");

/** The address of the site, without a slash at the end. A deployment below another path sets `DOCS_BASE`. */
export const SITE: string = homepage.replace(/\/$/, "");
