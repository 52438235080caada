/** A parameter in its decoded form: a pair of texts. */
export type Parameter = readonly [name: string, value: string];

/** A parameter whose name and value are encoded already, as RFC 5849 §3.6 spells them. */
export interface EncodedParameter {
  readonly encodedName: string;
  readonly encodedValue: string;
}

/** What stands in an `Authorization` or a `WWW-Authenticate` header field after `OAuth`. */
export interface AuthorizationParameters {
  /** The realm, without quotes and quoted-pairs; `undefined` where there is none. Never signed. */
  realm: string | undefined;
  /** The other parameters in their order, decoded. No name is there twice. */
  parameters: Parameter[];
}
