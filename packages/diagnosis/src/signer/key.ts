import type { MistakeName } from "../mistakes.js";
import { type Deviation, deviation } from "./deviation.js";
import type { Key, KeySecret } from "./draft.js";

/** The right key (RFC 5849 §3.4.2). */
export function rightKey(clientSharedSecret: string, tokenSharedSecret: string): Key {
  const token = labelled("token secret", tokenSharedSecret);
  return {
    secrets: [
      labelled("client secret", clientSharedSecret),
      tokenSharedSecret === "" ? NONE : token,
    ],
  };
}

/** Wrong forms of the key. */
export function keyDeviations(): Deviation[] {
  return [
    key("TokenSecretMissing", ([client, token]) => (token === NONE ? undefined : [client, NONE])),
    key(
      "MissingAmpersandWithoutToken",
      ([client, token]) => (token === NONE ? [client] : undefined),
      { needsOther: true },
    ),
    ...ofBothOrEach("SecretNotEncoded", (secret) => ({ ...secret, times: 0 })),
    key("SecretsSwapped", ([client, token]) => [token, client]),
    key("ClientSecretMissing", ([, token]) => [NONE, token]),
    ...WHITE_SPACE.flatMap(([change, shown]) =>
      ofBothOrEach("SecretWhitespace", ({ secret, label, times }) => ({
        secret: change(secret),
        label: label.replace(/>$/, `${shown}>`),
        times,
      })),
    ),
    ...ofBothOrEach("SecretEncodedTwice", (secret) => ({ ...secret, times: 2 })),
  ];
}

type Secrets = readonly [client: KeySecret, token: KeySecret];

const NONE: KeySecret = { secret: "", label: "", times: 1 };

/**
 * The white space that files, forms and environment variables add to secrets, or that reading
 * removes.
 */
const WHITE_SPACE: readonly (readonly [change: (secret: string) => string, shown: string])[] = [
  [(secret) => `${secret}\n`, " and a line feed"],
  [(secret) => `${secret} `, " and a space"],
  [(secret) => `${secret}\r\n`, " and CR LF"],
  [(secret) => ` ${secret}`, " after a space"],
  [(secret) => `${secret}\r`, " and a CR"],
  [(secret) => `${secret}\t`, " and a tab"],
  [(secret) => secret.trim(), " without its white space"],
];

function labelled(name: string, secret: string): KeySecret {
  return { secret, label: `<${name}>`, times: 1 };
}

function key(
  mistake: MistakeName,
  change: (secrets: Secrets) => readonly KeySecret[] | undefined,
  further: { readonly needsOther?: boolean } = {},
): Deviation {
  return deviation(
    mistake,
    "key",
    (known) => {
      const [client, token] = known.secrets;
      if (client === undefined || token === undefined) return known;
      const secrets = change([client, token]);
      return secrets === undefined ? known : { secrets };
    },
    further,
  );
}

function ofBothOrEach(mistake: MistakeName, change: (secret: KeySecret) => KeySecret): Deviation[] {
  const changed = (secret: KeySecret) => (secret === NONE ? secret : change(secret));
  return [
    key(mistake, ([client, token]) => [changed(client), changed(token)]),
    key(mistake, ([client, token]) => [changed(client), token]),
    key(mistake, ([client, token]) => [client, changed(token)]),
  ];
}
