import type { Parameter } from "@oauth1/percent-encoding";

export type { Parameter };

/** What stands in an `Authorization` or a `WWW-Authenticate` header field after `OAuth`. */
export interface AuthorizationParameters {
  /** The realm, without quotes and quoted-pairs; `undefined` where there is none. Never signed. */
  realm: string | undefined;
  /** The other parameters in their order, decoded. No name is there twice. */
  parameters: Parameter[];
}
