/**
 * Whether two texts are the same, in a time that depends on the length of the received one alone
 * and not on where they differ.
 */
export function isSameText(expected: string, received: string): boolean {
  let difference = expected.length ^ received.length;
  for (let index = 0; index < received.length; index++) {
    // Beyond the expected text's end charCodeAt gives NaN, which | takes as 0.
    difference |= expected.charCodeAt(index) ^ received.charCodeAt(index);
  }
  return difference === 0;
}
