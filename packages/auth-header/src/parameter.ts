/** A parameter in its decoded form: a pair of texts. */
export type Parameter = readonly [name: string, value: string];

/** What stands in an `Authorization` or a `WWW-Authenticate` header field after `OAuth`. */
export interface AuthorizationParameters {
  /** The realm, without quotes and quoted-pairs; `undefined` where there is none. Never signed. */
  realm: string | undefined;
  /** The other parameters in their order, decoded. No name is there twice. */
  parameters: Parameter[];
}
