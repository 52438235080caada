import { SignerError } from "./signer-error.js";

/** Client, token or temporary credentials (RFC 5849 §1.1) with a shared-secret, decoded. */
export interface Credentials {
  /** The unique identifier: `oauth_consumer_key` or `oauth_token`. */
  readonly identifier: string;
  /** The matching shared-secret. */
  readonly sharedSecret: string;
}

/**
 * Returns credentials that can be logged: `JSON.stringify` and Node's `util.inspect` show
 * `[redacted]` in place of a shared-secret, a private key, its passphrase, and a session handle.
 *
 * @param plain - The identifier, decoded, and the secret or key of a signature method.
 * @throws {@link SignerError} `ERR_CREDENTIALS` if the identifier or a shared-secret is not a
 * string, or a secret is the text `[redacted]`.
 * @see RFC 5849 §4.5
 *
 * @example
 * ```ts
 * const client = redactCredentials({ identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" });
 * client.sharedSecret; // "kd94hf93k423kf44"
 * JSON.stringify(client); // '{"identifier":"dpf43f3p2l4k3l03","sharedSecret":"[redacted]"}'
 * ```
 */
export function redactCredentials<Plain extends { readonly identifier: string }>(
  plain: Plain,
): Plain {
  return redacted(plain, "credentials");
}

/** Like `redactCredentials`, with the option's name for errors. */
export function redacted<Plain extends { readonly identifier: string }>(
  plain: Plain,
  option: string,
): Plain {
  if (typeof plain !== "object" || plain === null) {
    throw new SignerError(
      "ERR_CREDENTIALS",
      option,
      "must be an object with identifier and secret",
    );
  }
  requireString(plain.identifier, `${option}.identifier`);
  const secrets = SECRETS.filter((name) => name in plain);
  if (!secrets.includes("privateKey")) {
    requireString((plain as Partial<Credentials>).sharedSecret, `${option}.sharedSecret`);
  }
  for (const name of secrets) {
    // Redacted credentials print this text, and contain it after they went through JSON.
    if (plain[name as keyof Plain] === REDACTED) {
      throw new SignerError(
        "ERR_CREDENTIALS",
        `${option}.${name}`,
        `must be the secret, not the text ${REDACTED} that replaces it when credentials are printed`,
      );
    }
  }
  const visible = {
    ...plain,
    identifier: plain.identifier,
    ...Object.fromEntries(secrets.map((name) => [name, REDACTED])),
  };
  return Object.defineProperties(
    { ...plain, identifier: plain.identifier },
    {
      ...Object.fromEntries(
        secrets.map((name) => [name, { value: plain[name as keyof Plain], enumerable: false }]),
      ),
      toJSON: { value: () => visible },
      [Symbol.for("nodejs.util.inspect.custom")]: { value: () => visible },
    },
  );
}

const REDACTED = "[redacted]";
const SECRETS = ["sharedSecret", "privateKey", "passphrase", "sessionHandle"];

function requireString(value: unknown, parameter: string): void {
  if (typeof value !== "string") {
    throw new SignerError("ERR_CREDENTIALS", parameter, "must be a string");
  }
}
