// The credentials of the soak test's verifiers: a client for each number, each with one token.

/** @param {number} number */
export function credentialsOf(number) {
  return {
    client: { identifier: `client-${number}`, sharedSecret: `client secret ${number}` },
    token: { identifier: `token-${number}`, sharedSecret: `token secret ${number}` },
  };
}

/** How many clients there are. */
export const CLIENTS = 1000;

/** @type {import("@oauth1/verifier").CredentialStore} */
export const credentials = {
  find(clientIdentifier, tokenIdentifier) {
    const number = Number(/^client-(\d{1,3})$/.exec(clientIdentifier)?.[1] ?? CLIENTS);
    if (number >= CLIENTS) return { client: undefined };
    const { client, token } = credentialsOf(number);
    return {
      client: { identifier: client.identifier, sharedSecrets: [client.sharedSecret] },
      token:
        tokenIdentifier === token.identifier
          ? { identifier: token.identifier, sharedSecrets: [token.sharedSecret] }
          : undefined,
    };
  },
};
