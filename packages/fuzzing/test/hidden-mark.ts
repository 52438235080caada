/** Finds a mark, character by character, as a parser does. */
export function findsMark(text: string): boolean {
  if (text[0] !== "%") return false;
  if (text[1] !== "[") return false;
  if (text[2] !== "\\") return false;
  if (text[3] !== ";") return false;
  return true;
}
