// docs/load.md: the page that load.mjs writes, with the section of console-load.mjs at its end.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FILE = fileURLToPath(new URL("../../../docs/load.md", import.meta.url));
const SECTION = "## The console";

/**
 * Writes all but the section about the console.
 *
 * @param {string} text
 */
export function writePage(text) {
  write(text, parts()[1]);
}

/**
 * Writes the section about the console.
 *
 * @param {string} text
 */
export function writeConsoleSection(text) {
  write(parts()[0], `${SECTION}\n\n${text}`);
}

/** @returns {[string, string]} */
function parts() {
  const page = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
  const start = page.indexOf(SECTION);
  return start < 0 ? [page, ""] : [page.slice(0, start), page.slice(start)];
}

/**
 * @param {string} first
 * @param {string} section
 */
function write(first, section) {
  writeFileSync(FILE, `${first.trim()}\n${section === "" ? "" : `\n${section.trim()}\n`}`);
}
