import type { Parameter } from "@oauth1/percent-encoding";

export type { Parameter };

/** The contents of an `Authorization` or a `WWW-Authenticate` header after `OAuth`. */
export interface AuthorizationParameters {
  /** The realm, without quotes and quoted-pairs; `undefined` if there is none. Never signed. */
  realm: string | undefined;
  /** The other parameters in their order, decoded. Names are unique. */
  parameters: Parameter[];
}
