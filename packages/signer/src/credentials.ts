import { SignerError } from "./signer-error.js";

/** Client, token or temporary credentials (RFC 5849 §1.1), decoded. */
export interface Credentials {
  /** The unique identifier: `oauth_consumer_key` or `oauth_token`. */
  readonly identifier: string;
  /** The matching shared-secret. */
  readonly sharedSecret: string;
}

/**
 * Credentials that can be logged: `JSON.stringify` and Node's `util.inspect` show `[redacted]` in
 * the place of the shared-secret.
 *
 * @param plain - Identifier and shared-secret, decoded.
 * @throws {@link SignerError} `ERR_CREDENTIALS` where one of them is not a string.
 * @see RFC 5849 §4.5
 *
 * @example
 * ```ts
 * const client = credentials({ identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" });
 * client.sharedSecret; // "kd94hf93k423kf44"
 * JSON.stringify(client); // '{"identifier":"dpf43f3p2l4k3l03","sharedSecret":"[redacted]"}'
 * ```
 */
export function credentials(plain: Credentials): Credentials {
  return redacted(plain, "credentials");
}

/** The same, with the option's name for the errors. */
export function redacted(plain: Credentials, option: string): Credentials {
  const { identifier, sharedSecret } = plain;
  for (const [name, value] of Object.entries({ identifier, sharedSecret })) {
    if (typeof value !== "string") {
      throw new SignerError("ERR_CREDENTIALS", `${option}.${name}`, "expected a string");
    }
  }
  const visible = { identifier, sharedSecret: "[redacted]" };
  return Object.defineProperties({ identifier } as Credentials, {
    sharedSecret: { value: sharedSecret },
    toJSON: { value: () => visible },
    [Symbol.for("nodejs.util.inspect.custom")]: { value: () => visible },
  });
}
