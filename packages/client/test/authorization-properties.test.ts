// Properties of reading responses, for any credentials.
import { inspect } from "node:util";
import {
  AuthorizationError,
  authorizationUrl,
  readAuthorizationCallback,
  requestTokenCredentials,
} from "@oauth1/client/authorization";
import fc from "fast-check";
import { expect, it } from "vitest";

const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
const URL_OF_TOKENS = "https://photos.example.net/token";
const text = fc.string({ unit: "binary", maxLength: 20 });
const someText = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
const name = someText.filter((given) => !given.startsWith("oauth_"));

/** Sends a request to a server with this response. */
function ask(body: string, init?: ResponseInit, sharedSecret = client.sharedSecret) {
  return requestTokenCredentials(URL_OF_TOKENS, {
    client: { ...client, sharedSecret },
    fetch: async () => new Response(body, init),
  });
}

it("a response is read with the values that the platform wrote into the form", async () => {
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

it("a callback is read with its token and verifier", () => {
  fc.assert(
    fc.property(someText, someText, (identifier, verifier) => {
      const page = authorizationUrl("https://photos.example.net/authorize?a=1", {
        identifier,
      });
      expect(new URL(page).searchParams.get("oauth_token")).toBe(identifier);
      const query = new URLSearchParams({ oauth_token: identifier, oauth_verifier: verifier });
      expect(readAuthorizationCallback(`/ready?${query}`, { identifier }).verifier).toBe(verifier);
    }),
  );
});

it("an error never contains a secret, whatever a server repeats", async () => {
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
        const excerpt = (error as { bodyExcerpt?: string }).bodyExcerpt ?? "";
        for (const [longest] of secret.matchAll(/[a-z0-9]{3,}/gi)) {
          if (!before.includes(longest)) expect(excerpt).not.toContain(longest);
        }
        expect(inspect(error, { depth: null })).not.toContain(secret);
      },
    ),
  );
});

it.each([
  ["a=aaaaaaaa", "a=aaaaaaaa"],
  ["a=aaa+é", "a=aaa%2B%C3%A9"],
  ["x=1y2z3&b=4c5d6", "first=1&x=1y2z3&b=4c5d6&last=2"],
  ["x=1y2z3&b=4c5d6", "x=1y2z3&amp;b=4c5d6"],
  ['word":"value7', '{"some word":"value7"}'],
])(
  "an error does not contain the secret %j that the response %j spells with its structure",
  async (secret, body) => {
    const error = await ask(body, { status: 401 }, secret).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AuthorizationError);
    const { bodyExcerpt = "" } = error as AuthorizationError;
    expect(bodyExcerpt).toContain("[redacted]");
    for (const [letters] of secret.matchAll(/[a-z\d]{3,}/g))
      expect(bodyExcerpt).not.toContain(letters);
  },
);

it.each([
  ["contains an invalid encoding of oauth_[redacted]", "oauth_kd94hf93k423kf44=%ff"],
  ["contains oauth_[redacted] twice", "oauth_kd94hf93k423kf44=1&oauth_kd94hf93k423kf44=2"],
  ["contains oauth_[redacted] twice", '{"oauth_kd94hf93k423kf44":1,"oauth_kd94hf93k423kf44":2}'],
  ["is markup, not a form", "<kd94hf93k423kf44>"],
  ["has no oauth_token", "oauth_token_secret=a&kd94hf93k423kf44=%ff"],
])("an error %j does not contain a secret that is a name in %j", async (message, body) => {
  const error = await ask(body, { headers: { "Content-Type": FORM } }, "kd94hf93k423kf44").catch(
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(AuthorizationError);
  expect((error as AuthorizationError).message).toContain(message);
  expect(inspect(error, { depth: null })).not.toContain("kd94hf93k423kf44");
});

it("an error never contains a credential of the response, whatever a server sends", async () => {
  const core = fc.string({
    unit: fc.constantFrom(..."bcdfghjkmnpqrstvwxz23456789"),
    minLength: 8,
    maxLength: 16,
  });
  const odd = fc.constantFrom(
    "",
    " ",
    '"',
    "'",
    "&",
    "<",
    "\\",
    "%",
    "+",
    "☃",
    "\n",
    ";",
    "=",
    "/",
  );
  const credential = fc.tuple(core, odd, core).map((parts) => parts.join(""));
  const name = fc.constantFrom(
    ...["oauth_token", "oauth_token_secret", "oauth_session_handle", "oauth_verifier"],
    ...["access_token", "token", "secret", "clientSecret", "password"],
  );
  const escapedName = (name: string) =>
    name.replace(/[_e]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  const unicodeName = (name: string) =>
    name.replace(/[_o]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
  const html = (value: string) =>
    value.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const templates: ((name: string, value: string) => string)[] = [
    (name, value) => String(new URLSearchParams([[name, value]])),
    (name, value) => `a=1&${escapedName(name)}=${encodeURIComponent(value)}&b=2`,
    (name, value) => `${name}=${value}`,
    (name, value) => `${name} = ${value}`,
    (name, value) => `${name}: ${value}`,
    (name, value) => `"${name}", "${value}"`,
    (name, value) => JSON.stringify({ [name]: value }),
    (name, value) => `{"${unicodeName(name)}" : ${JSON.stringify(value)}, "error": "x"}`,
    (name, value) => JSON.stringify({ data: [{ [name]: { value } }], message: `bad ${value}` }),
    (name, value) => JSON.stringify({ error: `${name}=${encodeURIComponent(value)}&a=1` }),
    (name, value) => JSON.stringify({ error: JSON.stringify({ [name]: value }) }),
    (name, value) => JSON.stringify({ [name]: value }).slice(0, -1),
    (name, value) => JSON.stringify([[name, value]]).replace('",', '":'),
    (name, value) => `<hash><${name}>${html(value)}</${name}></hash>`,
    (name, value) => `<input name="${name}" value="${html(value)}">`,
    (name, value) => `${name}=${encodeURIComponent(value)}\n`,
    (name, value) => `\ufeff  ${name}=${encodeURIComponent(value)}&c=${encodeURIComponent(value)}`,
    (name, value) => `${name}=${encodeURIComponent(value)}&broken=%`,
    (name, value) => `error=${encodeURIComponent(`<${name}>${value}`)}`,
    (name, value) =>
      `oauth_problem=x&oauth_problem_advice=${encodeURIComponent(`is ${value} right?`)}&${name}=${encodeURIComponent(value)}`,
  ];
  await fc.assert(
    fc.asyncProperty(
      credential,
      name,
      fc.constantFrom(...templates),
      fc.constantFrom(200, 400, 401, 500),
      fc.constantFrom(FORM, "text/html", "application/json", ""),
      async (value, name, template, status, contentType) => {
        const headers = {
          ...(contentType !== "" && { "Content-Type": contentType }),
          "WWW-Authenticate": `OAuth realm="a", oauth_problem_advice="${encodeURIComponent(`${name}=${value}`)}"`,
        };
        const error = await ask(template(name, value), { status, headers }).catch(
          (caught: unknown) => caught,
        );
        if (!(error instanceof Error)) return;
        expect(error).toBeInstanceOf(AuthorizationError);
        const shown = [inspect(error, { depth: null, showHidden: true }), JSON.stringify(error)];
        // Checks the parts between other characters, which can be written in any way.
        for (const part of value.split(/[^a-z0-9]+/)) {
          if (part.length >= 6) expect(shown.join("\n")).not.toContain(part);
        }
      },
    ),
    { numRuns: 3000 },
  );
});

it("an error does not contain a credential that is a number", async () => {
  const error = await ask('{"oauth_token": 1234567890123, "code": 32}', { status: 401 }).catch(
    (caught: unknown) => caught,
  );
  expect((error as AuthorizationError).bodyExcerpt).toBe('{"oauth_token":"[redacted]","code":32}');
});

it("an error has no excerpt of a body that is neither a form nor JSON", async () => {
  for (const body of ["<html>", "Invalid token abc", "a b=c", "{", "=a", ""]) {
    const error = await ask(body, { status: 401 }).catch((caught: unknown) => caught);
    expect((error as AuthorizationError).bodyExcerpt).toBeUndefined();
  }
});
