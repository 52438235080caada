export type { Parameter } from "@oauth1/percent-encoding";

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

/** Where the protocol parameters of a request are, one place only (RFC 5849 §3.5). */
export type Transmission = "header" | "form-body" | "query";

/** A parameter of a request, encoded, with its source. */
export interface CollectedParameter extends EncodedParameter {
  readonly source: ParameterSource;
}
