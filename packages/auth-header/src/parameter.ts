/** A parameter in its decoded form: a pair of texts. */
export type Parameter = readonly [name: string, value: string];

/** The contents of an `Authorization` or a `WWW-Authenticate` header after `OAuth`. */
export interface AuthorizationParameters {
  /** The realm, without quotes and quoted-pairs; `undefined` if there is none. Never signed. */
  realm: string | undefined;
  /** The other parameters in their order, decoded. Names are unique. */
  parameters: Parameter[];
}
