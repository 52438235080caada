/** Like `constant-time-node.ts`, for platforms without a comparison in constant time. */
export function equalInConstantTime(expected: string, received: string): boolean {
  let difference = expected.length ^ received.length;
  for (let index = 0; index < received.length; index++) {
    // Beyond the expected text's end charCodeAt returns NaN, which ^ treats as 0.
    difference |= expected.charCodeAt(index) ^ received.charCodeAt(index);
  }
  return difference === 0;
}
