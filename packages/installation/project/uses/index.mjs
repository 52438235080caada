// One real use of each entry point of each package, by its specifier. A use throws if it fails.

/** The groups of entry points. Each is a file in this folder. */
export const groups = ["primitives", "clients", "verifiers", "services", "suite"];

/** The uses of a group. */
export async function usesOf(group) {
  return (await import(`./${group}.mjs`))[group];
}

/**
 * Uses every entry point of some groups, and writes the result of each as the last line, in JSON.
 *
 * @param load - Loads a module by its specifier.
 * @param loadJson - Loads a file of JSON by its specifier.
 */
export async function useAll(chosen, load, loadJson) {
  const outcomes = {};
  for (const group of chosen.length > 0 ? chosen : groups) {
    for (const [specifier, use] of Object.entries(await usesOf(group))) {
      try {
        await use(
          specifier.includes("*") ? await filesOf(specifier, loadJson) : await load(specifier),
        );
        outcomes[specifier] = "works";
      } catch (error) {
        outcomes[specifier] = String(error?.stack ?? error);
      }
    }
  }
  console.log(`\n${JSON.stringify(outcomes)}`);
}

/** Some of the files that a pattern matches, by the text in place of the asterisk. */
async function filesOf(pattern, loadJson) {
  const files = {};
  for (const name of ["hmac-sha1", "requirements/1.0", "schema/vectors.schema"]) {
    files[name] = await loadJson(pattern.replace("*", name));
  }
  return files;
}
