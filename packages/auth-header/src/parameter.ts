import type { Parameter } from "@oauth1/percent-encoding";

export type { Parameter };

/** The contents of an `Authorization` or a `WWW-Authenticate` header after `OAuth`. */
export interface AuthorizationParameters {
  /** The realm, without quotes and quoted-pairs; `undefined` if there is none. Never signed. */
  realm: string | undefined;
  /** The other parameters in their order, decoded. Names are unique. */
  parameters: Parameter[];
}

/** A parameter whose name and value are encoded as RFC 5849 §3.6 spells them. */
export interface EncodedParameter {
  readonly encodedName: string;
  readonly encodedValue: string;
}

/** The contents of an `Authorization` header, and what the signature covers. */
export interface ParametersToVerify extends AuthorizationParameters {
  /** The parameters except `oauth_signature`, in the spelling of RFC 5849 §3.6. */
  signed: EncodedParameter[];
}
