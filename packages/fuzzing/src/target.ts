/** A parser, and what must hold for every input of it. */
export interface FuzzTarget {
  /** The name of its corpus, and of the command line. */
  readonly name: string;
  /** Matches the addresses of the modules whose coverage counts. */
  readonly modules: RegExp;
  /** Well-formed and nearly well-formed inputs from which the mutations start. */
  readonly seeds: readonly string[];
  /** Pieces of the grammar that a mutation inserts. */
  readonly tokens: readonly string[];
  /**
   * Parses an input, and throws a {@link BrokenInvariant} unless the result is an error of the
   * parser's own class or a value that agrees with a second reading.
   */
  check(input: string): void | Promise<void>;
}

/** An input for which the statement does not hold. */
export class BrokenInvariant extends Error {
  override readonly name = "BrokenInvariant";
}

/** Throws unless the statement holds. */
export function hold(holds: boolean, statement: string, ...values: readonly unknown[]): void {
  if (holds) return;
  const shown = values.map((value) => JSON.stringify(value) ?? String(value)).join(", ");
  throw new BrokenInvariant(shown === "" ? statement : `${statement}: ${shown}`);
}

/** Throws unless two values have the same JSON. */
export function holdEqual(one: unknown, other: unknown, statement: string): void {
  if (one === other) return;
  hold(JSON.stringify(one) === JSON.stringify(other), statement, one, other);
}

/** The constructor of an error that has a stable code. */
type TypedError = abstract new (...args: never[]) => Error & { readonly code: string };

/** An attempt to parse: the value, or the error of the parser's own class. */
export type Attempt<Value> = { readonly value: Value } | { readonly error: TypedErrorOf };

interface TypedErrorOf extends Error {
  readonly code: string;
  readonly index?: number;
}

/** Returns the value or the typed error of a parser. Any other error breaks the invariant. */
export function attempt<Value>(
  parse: () => Value,
  ...types: readonly TypedError[]
): Attempt<Value> {
  try {
    return { value: parse() };
  } catch (error) {
    return { error: typed(error, types) };
  }
}

/** The same for an asynchronous parser. */
export async function attemptAsync<Value>(
  parse: () => Promise<Value>,
  ...types: readonly TypedError[]
): Promise<Attempt<Value>> {
  try {
    return { value: await parse() };
  } catch (error) {
    return { error: typed(error, types) };
  }
}

function typed(error: unknown, types: readonly TypedError[]): TypedErrorOf {
  const isTyped = types.some((type) => error instanceof type);
  hold(isTyped, "an error must be of the parser's own class", String(error), stackOf(error));
  const { code, message } = error as TypedErrorOf;
  hold(/^ERR_[A-Z\d_]+$/.test(code), "an error must have a stable code", code);
  hold(message.length > 10 && message.length < 500, "a message must be one sentence", message);
  return error as TypedErrorOf;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? "").split("\n").slice(1, 4).join(" ") : "";
}
