/**
 * Remembers the result for the last argument. A signer often signs for the same URL, and in the
 * same second, as for the previous request.
 */
export function rememberLast<Argument, Result>(
  find: (argument: Argument) => Result,
): (argument: Argument) => Result {
  let last: { readonly argument: Argument; readonly result: Result } | undefined;
  return (argument) => {
    if (last === undefined || last.argument !== argument) {
      last = { argument, result: find(argument) };
    }
    return last.result;
  };
}
