/** The same as `constant-time-node.ts`, where the platform has no comparison in constant time. */
export function equalInConstantTime(expected: string, received: string): boolean {
  let difference = expected.length ^ received.length;
  for (let index = 0; index < received.length; index++) {
    // Beyond the expected text's end charCodeAt gives NaN, which ^ takes as 0.
    difference |= expected.charCodeAt(index) ^ received.charCodeAt(index);
  }
  return difference === 0;
}
