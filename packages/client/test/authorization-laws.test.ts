// Laws of reading answers, for any credentials.
import { inspect } from "node:util";
import {
  readAuthorizationCallback,
  requestTokenCredentials,
  resourceOwnerAuthorizationUri,
} from "@oauth1/client/authorization";
import fc from "fast-check";
import { expect, it } from "vitest";

const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
const URL_OF_TOKENS = "https://photos.example.net/token";
const text = fc.string({ unit: "binary", maxLength: 20 });
const someText = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
const name = someText.filter((given) => !given.startsWith("oauth_"));

/** Asks a server that answers with this. */
function ask(body: string, init?: ResponseInit, sharedSecret = client.sharedSecret) {
  return requestTokenCredentials(URL_OF_TOKENS, {
    client: { ...client, sharedSecret },
    fetch: async () => new Response(body, init),
  });
}

it("a form that the platform writes is read as it was meant", async () => {
  await fc.assert(
    fc.asyncProperty(
      someText,
      text,
      fc.array(fc.tuple(name, text)),
      async (token, secret, others) => {
        const form = new URLSearchParams([
          ["oauth_token", token],
          ["oauth_token_secret", secret],
          ...others,
        ]);
        const read = await ask(String(form), { headers: { "Content-Type": FORM } });
        expect([read.identifier, read.sharedSecret]).toEqual([token, secret]);
        expect(read.parameters).toEqual(others);
        const plus = [token, secret].filter((value) => value.includes(" "));
        expect(read.tolerated.map(({ kind }) => kind)).toEqual(
          plus.map(() => "plus-read-as-space"),
        );
      },
    ),
  );
});
const FORM = "application/x-www-form-urlencoded";

it("a callback gives back the token and the verifier", () => {
  fc.assert(
    fc.property(someText, someText, (identifier, verifier) => {
      const page = resourceOwnerAuthorizationUri("https://photos.example.net/authorize?a=1", {
        identifier,
      });
      expect(new URL(page).searchParams.get("oauth_token")).toBe(identifier);
      const query = new URLSearchParams({ oauth_token: identifier, oauth_verifier: verifier });
      expect(readAuthorizationCallback(`/ready?${query}`, { identifier }).verifier).toBe(verifier);
    }),
  );
});

it("whatever a server repeats, no secret is in the error", async () => {
  const encodings: ((secret: string) => string)[] = [
    (secret) => secret,
    encodeURIComponent,
    (secret) => encodeURIComponent(encodeURIComponent(secret)),
    (secret) => JSON.stringify({ key: secret }),
    (secret) => String(new URLSearchParams({ key: secret })),
    (secret) => `oauth_signature=${encodeURIComponent(secret)}%26`,
  ];
  const secrets = fc
    .string({ unit: fc.constantFrom(..."aZ09-._~ &=+%/\"\\'()é☃"), minLength: 8, maxLength: 24 })
    .filter((secret) => /[a-z0-9]{3}/i.test(secret));
  await fc.assert(
    fc.asyncProperty(
      secrets,
      fc.constantFrom(...encodings),
      fc.constantFrom(200, 401),
      text,
      async (secret, encode, status, before) => {
        const echo = `${before} ${encode(secret)} `;
        const error = await ask(echo, { status }, secret).catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(Error);
        const excerpt = (error as { bodyExcerpt: string }).bodyExcerpt;
        for (const [longest] of secret.matchAll(/[a-z0-9]{3,}/gi)) {
          if (!before.includes(longest)) expect(excerpt).not.toContain(longest);
        }
        expect(inspect(error, { depth: null })).not.toContain(secret);
      },
    ),
  );
});
