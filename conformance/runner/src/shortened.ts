/** The maximum length of a text of a result that is shown completely, in UTF-16 code units. */
export const LONGEST_TEXT = 5000;

/** The maximum length of the name of an implementation, of its version and of its language. */
export const LONGEST_NAME = 200;

/** The beginning of a text that is too long, with the number of characters that are cut. */
export function shortened(text: string, longest: number = LONGEST_TEXT): string {
  if (text.length <= longest) return text;
  const end = longest > 0 && isHighSurrogate(text, longest - 1) ? longest - 1 : longest;
  return `${copied(text.slice(0, end))}… [${text.length - end} more characters cut]`;
}

/** The part of a text around a place in it, with a mark at each end that is cut. */
export function excerptAround(text: string, index: number, longest: number = LONGEST_TEXT): string {
  if (text.length <= longest) return text;
  const middle = Math.max(0, index - Math.floor(longest / 2));
  const start = middle > 0 && isHighSurrogate(text, middle - 1) ? middle - 1 : middle;
  const before = start === 0 ? "" : `[${start} characters cut] …`;
  return before + shortened(copied(text.slice(start)), longest);
}

function isHighSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code <= 0xdbff;
}

/**
 * Copies a text, because a slice refers to the whole text and would keep a mebibyte of an
 * answer in memory.
 */
function copied(slice: string): string {
  return Buffer.from(slice, "utf16le").toString("utf16le");
}
