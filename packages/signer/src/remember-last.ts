/**
 * Remembers the result for the last argument: a signer often signs for the URL and within the
 * second of the request before.
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
