/**
 * Returns all values of a header in a list like `rawHeaders` of `node:http`: names and values in
 * turn. A verifier asks for a few headers only, so that searching for each is twice as fast as an
 * index of all.
 *
 * @param lowerCaseName - In ASCII, so a name of another length cannot be the same in lower case.
 */
export function headerValues(
  namesAndValues: readonly string[],
  lowerCaseName: string,
): readonly string[] {
  let values: string[] | undefined;
  for (let index = 0; index < namesAndValues.length; index += 2) {
    const name = namesAndValues[index] ?? "";
    if (name.length !== lowerCaseName.length || name.toLowerCase() !== lowerCaseName) continue;
    const value = namesAndValues[index + 1] ?? "";
    if (values === undefined) values = [value];
    else values.push(value);
  }
  return values ?? NONE;
}

const NONE: readonly string[] = [];
