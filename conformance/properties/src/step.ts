import { type Implementation, type Step, Unsupported } from "./implementation.js";

/**
 * A step of an implementation: its own method, or one that can be derived from its signature
 * base string.
 *
 * @throws {@link Unsupported} if it has neither.
 */
export function stepOf<S extends Step>(
  implementation: Implementation,
  step: S,
): NonNullable<Implementation[S]> {
  const method = implementation[step]?.bind(implementation) ?? derived(implementation)[step];
  if (method === undefined) throw new Unsupported(`${implementation.name} has no ${step}`);
  return method as NonNullable<Implementation[S]>;
}

/** Returns true if the implementation has the step, or one from which it can be derived. */
export function hasStep(implementation: Implementation, step: Step): boolean {
  return implementation[step] !== undefined || derived(implementation)[step] !== undefined;
}

/**
 * RFC 5849 §3.4.1.1: the second element of a signature base string is the base string URI, the
 * third are the normalized parameters.
 */
function derived(implementation: Implementation): Partial<Pick<Implementation, Step>> {
  const baseString = implementation.signatureBaseString?.bind(implementation);
  if (baseString === undefined) return {};
  return {
    baseStringUri: async (url) =>
      element(await baseString({ method: "GET", url, parameters: [], form: null }), 1),
    // As a form, because a realm among the protocol parameters is not signed.
    normalizeParameters: async (parameters) => {
      if (parameters.some(([name]) => name === "oauth_signature")) {
        throw new Unsupported("a signature base string does not show oauth_signature");
      }
      const url = "http://example.com/";
      return element(
        await baseString({ method: "POST", url, parameters: [], form: parameters }),
        2,
      );
    },
  };
}

/** An element of a base string, decoded. Text without such elements is returned unchanged. */
function element(baseString: string, index: number): string {
  const elements = baseString.split("&");
  try {
    return elements.length === 3 ? decodeURIComponent(elements[index] ?? "") : baseString;
  } catch {
    return baseString;
  }
}
