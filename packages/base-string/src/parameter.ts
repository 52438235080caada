export type { Parameter } from "@oauth1/percent-encoding";

/**
 * A parameter whose name and value are already encoded, exactly as RFC 5849 §3.6 spells them
 * (`percentEncode` and `normalizePercentEncoding` return that spelling). It can contain octets that
 * are not text, and does not have to be encoded again for each request.
 */
export interface EncodedParameter {
  readonly encodedName: string;
  readonly encodedValue: string;
}

/** The three sources of parameters in RFC 5849 §3.4.1.3.1. */
export type ParameterSource = "query" | "protocol" | "form-body";

/** The place of a request's protocol parameters. A request uses exactly one (RFC 5849 §3.5). */
export type Transmission = "header" | "form-body" | "query";

/** A parameter of a request, encoded, with its source. */
export interface CollectedParameter extends EncodedParameter {
  readonly source: ParameterSource;
}
