import { printableLine } from "@oauth1/printable";

/**
 * Text of a Markdown cell, as it is read: what begins a link, an element, code or emphasis, ends the
 * cell or its line is written as an entity, which every reader of tables knows.
 */
export function escaped(text: string): string {
  return printableLine(text).replace(
    /[&<>[\]\\`*|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}
