/**
 * A parameter in its decoded form: a pair of texts. A list of them keeps order and duplicates, as
 * RFC 5849 §3.4.1.3 needs.
 */
export type Parameter = readonly [name: string, value: string];

/**
 * A parameter whose name and value are already encoded, exactly as RFC 5849 §3.6 spells them
 * (`percentEncode` and `normalizePercentEncoding` give that spelling). It can hold octets that are
 * not text, and need not be encoded again for each request.
 */
export interface EncodedParameter {
  readonly encodedName: string;
  readonly encodedValue: string;
}

/** Where a parameter was found: the three sources of RFC 5849 §3.4.1.3.1. */
export type ParameterSource = "query" | "protocol" | "form-body";

/** A parameter of a request, encoded, with its source. */
export interface CollectedParameter extends EncodedParameter {
  readonly source: ParameterSource;
}
