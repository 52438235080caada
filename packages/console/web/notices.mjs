// The licences of the packages whose code and styles the pages contain. Their texts must
// accompany the pages.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Writes the notices.
 *
 * @param files - The paths of files in the pages. Those of this repository have no notice.
 * @returns Each package with its licence and notice, sorted by name.
 */
export function noticesOf(files) {
  const folders = new Map();
  for (const file of files) {
    const folder = packageFolder(file);
    if (folder !== undefined) folders.set(manifestOf(folder).name, folder);
  }
  return [...folders]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, folder]) => noticeOf(folder))
    .join("\n\n");
}

/** The folder of the package that a file is installed with. */
function packageFolder(file) {
  const [, folder] =
    /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll("\\", "/")) ?? [];
  return folder;
}

function noticeOf(folder) {
  const { name, version, license } = manifestOf(folder);
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|notice)(?:\.(?:md|txt))?$/i.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (texts.length === 0)
    throw new Error(`${name} has no licence file: add its text to the notices`);
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}

function manifestOf(folder) {
  const file = join(folder, "package.json");
  if (!existsSync(file)) throw new Error(`${dirname(file)} is not the folder of a package`);
  return JSON.parse(readFileSync(file, "utf8"));
}
