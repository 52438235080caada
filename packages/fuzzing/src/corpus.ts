import { existsSync, readFileSync, writeFileSync } from "node:fs";

/**
 * The inputs of a target that were kept, because each executed code that the ones before did not.
 * A JSON string can hold any UTF-16 code units.
 */
export function readCorpus(name: string): string[] {
  const file = corpusFile(name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

/** Replaces the corpus of a target. */
export function writeCorpus(name: string, inputs: readonly string[]): void {
  writeFileSync(corpusFile(name), `${asciiJson(inputs)}\n`);
}

function corpusFile(name: string): URL {
  return new URL(`../corpus/${name}.json`, import.meta.url);
}

/** JSON in which every character that an editor could change is escaped. */
function asciiJson(inputs: readonly string[]): string {
  return JSON.stringify(inputs, null, 2).replace(
    /[^\n -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
