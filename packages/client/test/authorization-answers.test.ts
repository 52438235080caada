// RFC 5849 §2 with servers whose responses deviate from the RFC.
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import {
  AuthorizationError,
  ProviderError,
  requestTemporaryCredentials,
  requestTokenCredentials,
  type TemporaryCredentials,
} from "@oauth1/client/authorization";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const FORM = "application/x-www-form-urlencoded";
const GOOD = "oauth_token=hh5s93j4hdidpola&oauth_token_secret=hdhd0244k9j7ao03";
const CONFIRMED = `${GOOD}&oauth_callback_confirmed=true`;

let server: Server;
let origin: string;
let answer: (response: ServerResponse, authorization: string) => void;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    answer(response, request.headers.authorization ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93&k423kf44" };
const options = { client, callback: "oob", allowInsecureTransport: true };

function ask(): Promise<TemporaryCredentials> {
  return requestTemporaryCredentials(`${origin}/initiate`, options);
}
function askAndGet(
  body: string | Buffer,
  headers: Record<string, string> = { "Content-Type": FORM },
  status = 200,
) {
  answer = (response) => response.writeHead(status, headers).end(body);
  return ask();
}
async function rejected(...given: Parameters<typeof askAndGet>): Promise<AuthorizationError> {
  const error = await askAndGet(...given).catch((caught: unknown) => caught);
  if (!(error instanceof AuthorizationError)) throw error;
  return error;
}

describe("a response that is read, with what was tolerated", () => {
  const cases: [name: string, body: string, contentType: string, kinds: string[]][] = [
    ["as the RFC requires", CONFIRMED, FORM, []],
    ["with a charset", CONFIRMED, `${FORM};charset=UTF-8`, []],
    ["empty pieces", `&${GOOD}&&oauth_callback_confirmed=true&`, FORM, []],
    ["as text/html", CONFIRMED, "text/html; charset=utf-8", ["content-type"]],
    [
      "as text/plain, with a line break",
      `${CONFIRMED}\r\n`,
      "text/plain",
      ["surrounding-white-space", "content-type"],
    ],
    ["a byte order mark", `\uFEFF${CONFIRMED}`, FORM, ["byte-order-mark"]],
    ["&amp;", CONFIRMED.replaceAll("&", "&amp;"), FORM, ["html-escaped-separators"]],
    [
      "JSON",
      JSON.stringify({
        ...Object.fromEntries(new URLSearchParams(CONFIRMED)),
        oauth_callback_confirmed: true,
        list: [],
      }),
      "application/json",
      ["json"],
    ],
    ["True", CONFIRMED.replace("true", "True"), FORM, ["callback-confirmed-spelling"]],
    [
      "the same parameter again",
      `${CONFIRMED}&oauth_token=hh5s93j4hdidpola`,
      FORM,
      ["repeated-parameter"],
    ],
    ["Latin-1 in a person's name", `${CONFIRMED}&fullname=Jos%E9`, FORM, ["unreadable-parameter"]],
    [
      "a broken escape in another parameter",
      `${CONFIRMED}&share=100%`,
      FORM,
      ["unreadable-parameter"],
    ],
  ];
  it.each(cases)("%s", async (_, body, contentType, kinds) => {
    const temporary = await askAndGet(body, { "Content-Type": contentType });
    expect(temporary.identifier).toBe("hh5s93j4hdidpola");
    expect(temporary.sharedSecret).toBe("hdhd0244k9j7ao03");
    expect(temporary.callbackConfirmed).toBe(true);
    expect(temporary.tolerated.map(({ kind }) => kind)).toEqual(kinds);
  });

  it("reads a response without a content type", async () => {
    const temporary = await askAndGet(CONFIRMED, {});
    expect(temporary.tolerated).toEqual([{ kind: "content-type" }]);
  });

  it("201", async () => {
    const temporary = await askAndGet(CONFIRMED, { "Content-Type": FORM }, 201);
    expect(temporary.tolerated).toEqual([{ kind: "status" }]);
  });

  it("reads unescaped base64: the first = ends the name, and / stands for itself", async () => {
    const temporary = await askAndGet(
      "oauth_token=ab/cd==&oauth_token_secret=x&oauth_callback_confirmed=true",
    );
    expect(temporary.identifier).toBe("ab/cd==");
    expect(temporary.tolerated).toEqual([
      { kind: "unescaped-characters", parameter: "oauth_token" },
    ]);
  });

  it("reads a raw plus as a space, as in any form, and reports it", async () => {
    const temporary = await askAndGet(
      "oauth_token=a&oauth_token_secret=b+c&oauth_callback_confirmed=true",
    );
    expect(temporary.sharedSecret).toBe("b c");
    expect(temporary.tolerated).toEqual([
      { kind: "plus-read-as-space", parameter: "oauth_token_secret" },
    ]);
  });

  it("accepts an empty secret", async () => {
    const temporary = await askAndGet(
      "oauth_token=a&oauth_token_secret=&oauth_callback_confirmed=true",
    );
    expect(temporary.sharedSecret).toBe("");
  });

  it("ignores a time that is not a number", async () => {
    answer = (response) =>
      response.writeHead(200, { "Content-Type": FORM }).end(`${GOOD}&oauth_expires_in=soon`);
    const token = await requestTokenCredentials(`${origin}/token`, options);
    expect(token.expiresIn).toBeUndefined();
    expect(token.tolerated).toEqual([
      { kind: "unreadable-parameter", parameter: "oauth_expires_in" },
    ]);
  });
});

describe("a response that cannot be read in only one way is rejected", () => {
  const cases: [name: string, body: string | Buffer, code: string][] = [
    ["nothing", "", "ERR_RESPONSE_PARAMETER_ABSENT"],
    [
      "the login page of a hotel network",
      "<!doctype html><title>Sign in</title>",
      "ERR_RESPONSE_MALFORMED",
    ],
    ["no secret", "oauth_token=a&oauth_callback_confirmed=true", "ERR_RESPONSE_PARAMETER_ABSENT"],
    ["an empty token", "oauth_token=&oauth_token_secret=a", "ERR_RESPONSE_PARAMETER_ABSENT"],
    [
      "a broken escape in a token",
      "oauth_token=100%&oauth_token_secret=a",
      "ERR_RESPONSE_MALFORMED",
    ],
    [
      "bytes in a token that are not UTF-8",
      "oauth_token=%E9&oauth_token_secret=a",
      "ERR_RESPONSE_MALFORMED",
    ],
    ["two tokens", `${CONFIRMED}&oauth_token=other`, "ERR_RESPONSE_PARAMETER_REPEATED"],
    [
      "two tokens in JSON",
      '{"oauth_token":"a","oauth_token":"b","oauth_token_secret":"c"}',
      "ERR_RESPONSE_PARAMETER_REPEATED",
    ],
    [
      "two tokens in JSON, spelled in two ways",
      '{"oauth_token":"a","\\u006fauth_token":"b","oauth_token_secret":"c"}',
      "ERR_RESPONSE_PARAMETER_REPEATED",
    ],
    [
      "two tokens in JSON with white space, after an object of the same name",
      '{"x":{"oauth_token":"a"},"oauth_token" : "a", "oauth_\\u0074oken" :"a","oauth_token_secret":"c"}',
      "ERR_RESPONSE_PARAMETER_REPEATED",
    ],
    ["no JSON", '{"oauth_token":"a"', "ERR_RESPONSE_MALFORMED"],
    ["JSON within JSON", '{"data":{"oauth_token":"a"}}', "ERR_RESPONSE_PARAMETER_ABSENT"],
    ["lines", "oauth_token=a\noauth_token_secret=b", "ERR_RESPONSE_PARAMETER_ABSENT"],
    ["not confirmed", GOOD, "ERR_CALLBACK_NOT_CONFIRMED"],
    ["confirmed: false", `${GOOD}&oauth_callback_confirmed=false`, "ERR_CALLBACK_NOT_CONFIRMED"],
  ];
  it.each(cases)("%s", async (_, body, code) => {
    expect(await rejected(body)).toMatchObject({ code, status: 200 });
  });

  it("rejects a token that is not UTF-8", async () => {
    const temporary = await askAndGet(
      Buffer.concat([Buffer.from(CONFIRMED), Buffer.from("&name="), Buffer.from([0xe9])]),
    );
    expect(temporary.parameters).toEqual([["name", "\uFFFD"]]);
    expect(temporary.tolerated.map(({ kind }) => kind)).toEqual(["unescaped-characters"]);
  });

  it("needs no confirmation if none is required", async () => {
    answer = (response) => response.writeHead(200, { "Content-Type": FORM }).end(GOOD);
    const url = `${origin}/initiate`;
    const old = await requestTemporaryCredentials(url, {
      ...options,
      requireCallbackConfirmation: false,
    });
    const without = await requestTemporaryCredentials(url, { ...options, callback: null });
    for (const { identifier, callbackConfirmed } of [old, without]) {
      expect({ identifier, callbackConfirmed }).toEqual({
        identifier: "hh5s93j4hdidpola",
        callbackConfirmed: false,
      });
    }
  });
});

it("reads JSON in which a name also appears as a value or within another object", async () => {
  const temporary = await askAndGet(
    JSON.stringify({
      ...Object.fromEntries(new URLSearchParams(CONFIRMED)),
      a: "oauth_token",
      b: { oauth_token: "x" },
      c: ['"oauth_token":', "oauth_token"],
    }),
  );
  expect(temporary.identifier).toBe("hh5s93j4hdidpola");
});

describe("problems", () => {
  it("reads a challenge with all companion parameters", async () => {
    const challenge =
      'Basic realm="a, b", OAuth realm="Photos", oauth_problem="timestamp_refused", ' +
      'oauth_problem_advice="set%20your%20clock", oauth_acceptable_timestamps="1300000000-1300000600", ' +
      'oauth_acceptable_versions="1.0-1.1", oauth_parameters_absent="oauth_nonce%26a%2520b", ' +
      'oauth_parameters_rejected="x_auth_password%3Dhunter2%26c%3D1"';
    const error = await rejected("", { "WWW-Authenticate": challenge }, 401);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({
      status: 401,
      realm: "Photos",
      problem: "timestamp_refused",
      advice: "set your clock",
      acceptableTimestamps: { from: 1300000000, to: 1300000600 },
      acceptableVersions: { lowest: "1.0", highest: "1.1" },
      parametersAbsent: ["oauth_nonce", "a b"],
      parametersRejected: ["x_auth_password", "c"],
      tolerated: [],
      message: "the server rejected the request: 401 timestamp_refused: set your clock",
    });
    expect(inspect(error, { depth: null })).not.toContain("hunter2");
  });

  it("reads a body", async () => {
    const body =
      "oauth_problem=parameter_absent&oauth_parameters_absent=oauth_callback%26oauth_nonce";
    const error = await rejected(body, { "Content-Type": FORM }, 400);
    expect(error).toMatchObject({
      problem: "parameter_absent",
      parametersAbsent: ["oauth_callback", "oauth_nonce"],
      bodyExcerpt: body,
    });
  });

  it("prefers the challenge to the body", async () => {
    const headers = {
      "Content-Type": FORM,
      "WWW-Authenticate": 'OAuth oauth_problem="token_used"',
    };
    const error = await rejected(
      "oauth_problem=token_expired&oauth_problem_advice=b",
      headers,
      401,
    );
    expect(error).toMatchObject({ problem: "token_used", advice: "b" });
  });

  it("reads a challenge without quotes", async () => {
    const headers = {
      "WWW-Authenticate": "OAuth oauth_problem=token_expired,oauth_problem_advice=%",
    };
    const error = await rejected("", headers, 401);
    expect(error).toMatchObject({
      problem: "token_expired",
      advice: "%",
      tolerated: [{ kind: "challenge-syntax" }],
    });
  });

  it("treats a problem with status 200 as a problem", async () => {
    const error = await rejected("oauth_problem=consumer_key_unknown");
    expect(error).toMatchObject({
      status: 200,
      problem: "consumer_key_unknown",
      tolerated: [{ kind: "problem-with-success" }],
    });
  });

  it("shows the status and an excerpt on one line if no problem is named", async () => {
    const body = '{"errors":[{"code":32,\r\n"message":"Could not\\nauthenticate you."}]}';
    const error = await rejected(body, { "Content-Type": "application/json" }, 403);
    expect(error).toMatchObject({
      problem: undefined,
      message: "the server rejected the request: 403",
      bodyExcerpt: '{"errors":[{"code":32,"message":"Could not\\nauthenticate you."}]}',
    });
  });

  it.each([
    ["application/json", '{"error":"invalid_signature","error_description":"no"}'],
    [FORM, "error=invalid_signature"],
    [FORM, "error_code=invalid_signature"],
  ])("puts a server's own code, as %s, into the message", async (type, body) => {
    const error = await rejected(body, { "Content-Type": type }, 401);
    expect(error).toMatchObject({
      problem: "invalid_signature",
      message: "the server rejected the request: 401 invalid_signature",
    });
  });

  it("does not follow a redirect: nothing signed goes to another URL", async () => {
    let hits = 0;
    answer = (response) => {
      hits++;
      response.writeHead(307, { Location: `${origin}/elsewhere` }).end();
    };
    await expect(ask()).rejects.toMatchObject({ code: "ERR_REDIRECT", status: 307 });
    expect(hits).toBe(1);
  });
});

it("recognizes a redirect that a browser hides", async () => {
  const asked = requestTemporaryCredentials("https://photos.example.net/initiate", {
    ...options,
    fetch: async () => ({
      ok: false,
      status: 0,
      type: "opaqueredirect",
      headers: new Headers(),
      body: null,
    }),
  });
  await expect(asked).rejects.toMatchObject({ code: "ERR_REDIRECT" });
});

describe("the length of a response is bounded", () => {
  function endless(status: number) {
    answer = (response) => {
      response.writeHead(status, { "Content-Type": FORM });
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384, "a"))) {}
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    };
  }
  it("rejects an endless response", async () => {
    endless(200);
    await expect(ask()).rejects.toMatchObject({ code: "ERR_RESPONSE_TOO_LARGE" });
  });
  it("reports a rejection with an endless body", async () => {
    endless(503);
    await expect(ask()).rejects.toMatchObject({ code: "ERR_PROVIDER", status: 503 });
  });
  it("accepts a response of exactly the maximum length", async () => {
    answer = (response) => response.writeHead(200, { "Content-Type": FORM }).end(CONFIRMED);
    const url = `${origin}/initiate`;
    const maximumResponseOctets = CONFIRMED.length;
    await requestTemporaryCredentials(url, { ...options, maximumResponseOctets });
    const shorter = { ...options, maximumResponseOctets: maximumResponseOctets - 1 };
    await expect(requestTemporaryCredentials(url, shorter)).rejects.toMatchObject({
      code: "ERR_RESPONSE_TOO_LARGE",
    });
  });
  it("reads hostile responses well within the time limit of a test", async () => {
    for (const body of [
      `${" ".repeat(65_000)}x`,
      `oauth_token"${" ".repeat(65_000)}`,
      "oauth_a=1&".repeat(6_500),
      "oauth_token%3D".repeat(4_600),
      `{${'"oauth_token":1,'.repeat(4_000)}"a":1}`,
    ]) {
      await rejected(body);
      await rejected(body, { "WWW-Authenticate": `OAuth ${"oauth_a=".repeat(1_000)}` }, 401);
    }
  });
});

describe("no secret in an error", () => {
  const secret = client.sharedSecret;
  const encoded = encodeURIComponent(secret);
  const echoes: Record<string, string> = {
    "a form of credentials": "oauth_token_secret=s3cr%26et&oauth_session_handle=s3cr%26et+",
    JSON: '{"oauth_token_secret" : "s3cr\\"et", "a": 1}',
    "the secret": `key: ${secret}&`,
    "a PLAINTEXT signature": `oauth_signature=${encoded}%26`,
    "a header": `OAuth oauth_signature="${encodeURIComponent(`${encoded}&`)}"`,
    "a base string": `POST&https%3A%2F%2Fe&oauth_signature%3D${encodeURIComponent(encoded)}%26x%3D1`,
    "a verifier in a base string": "oauth_verifier%3Ds3cr%252Fet%26x%3D1",
  };
  it.each(Object.entries(echoes))("%s", async (_, echo) => {
    for (const status of [200, 401]) {
      const error = await rejected(echo, { "Content-Type": "text/plain" }, status);
      const shown = `${inspect(error, { depth: null, showHidden: true })} ${JSON.stringify(error)}`;
      // Only forms and JSON have an excerpt.
      expect(error.bodyExcerpt ?? "[redacted]").toContain("[redacted]");
      expect(shown).not.toMatch(/s3cr/);
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(encoded);
      expect(shown).not.toContain("k423kf44");
    }
  });

  it("redacts what a server sends back", async () => {
    answer = (response, authorization) =>
      response
        .writeHead(401, {
          "WWW-Authenticate": `OAuth oauth_problem_advice="${encodeURIComponent(authorization)}"`,
        })
        .end(authorization);
    const error = await requestTokenCredentials(`${origin}/token`, {
      ...options,
      signatureMethod: plaintext,
      temporaryCredentials: { identifier: "t", sharedSecret: "t0ken's3cr+et" },
      verifier: "v3r/ifier",
    }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProviderError);
    expect(inspect(error, { depth: null })).not.toMatch(/k423kf44|s3cr|v3r|ifier%|ifier"/);
  });

  it("logs credentials without their secrets, which remain readable as properties", async () => {
    answer = (response) =>
      response
        .writeHead(200, { "Content-Type": FORM })
        .end(`${GOOD}&oauth_session_handle=s3ss10n&user_id=7`);
    const token = await requestTokenCredentials(`${origin}/token`, options);
    expect(token.sharedSecret).toBe("hdhd0244k9j7ao03");
    expect(token.sessionHandle).toBe("s3ss10n");
    for (const text of [
      inspect(token, { depth: null, showHidden: true }),
      JSON.stringify(token),
      JSON.stringify(Object.entries(token)),
    ]) {
      expect(text).not.toMatch(/hdhd0244k9j7ao03|s3ss10n/);
      expect(text).toContain("user_id");
    }
  });
});
