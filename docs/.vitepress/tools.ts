import { readdirSync, readFileSync } from "node:fs";
import { writeSite } from "../../packages/console/web/site.mjs";

const FOLDER = new URL("../tools/", import.meta.url);

/**
 * A page that a tool replaces on the site. Its Markdown file describes the tool for readers of
 * the sources.
 */
interface Tool {
  /** The last part of the address. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** The tools, each with the title and the description of its Markdown file. */
export function tools(): Tool[] {
  return readdirSync(FOLDER).map((file) => {
    const text = readFileSync(new URL(file, FOLDER), "utf8");
    const found = /^---\ndescription: (?<description>.+)\n---\n\n# (?<title>.+)\n/.exec(
      text,
    )?.groups;
    const { title, description } = found ?? {};
    if (title === undefined || description === undefined) {
      throw new Error(`docs/tools/${file} must start with a description and a heading`);
    }
    return { name: file.replace(/\.md$/, ""), title, description };
  });
}

/** Writes the pages of the tools into the built site. */
export function writeTools(site: string): Promise<void> {
  return writeSite(`${site}/tools`, tools());
}

/** Returns true for a link that leads out of the pages of VitePress, which needs a target. */
export function isTool(link: string): boolean {
  return /^\/tools\/\w/.test(link);
}
