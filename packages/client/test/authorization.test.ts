// RFC 5849 §2 with a server that verifies by oauthlib's endpoints.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import {
  AuthorizationDeniedError,
  AuthorizationError,
  authorizationUrl,
  ProviderError,
  readAuthorizationCallback,
  renewTokenCredentials,
  requestTemporaryCredentials,
  requestTokenCredentials,
  requestTokenCredentialsByXAuth,
} from "@oauth1/client/authorization";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha1 } from "@oauth1/signature-methods/rsa-sha1";
import { createSigner } from "@oauth1/signer";
import undici from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { behindTls, hasOauthlib, type Provider, startProvider } from "./provider/provider.js";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94&hf93 +k423kf44" };
/** oauthlib decodes the values of protocol parameters in a body or query twice. */
const withoutEscapes = {
  client: { identifier: "plain", sharedSecret: "kd94hf93k423kf44" },
  callback: "http://printer.example.com/ready?job=1+2&oauth=yes",
};
const rsa = { client: { identifier: "rsa", privateKey }, signatureMethod: rsaSha1 };
const SITE = "https://photos.example.net";

describe.skipIf(!hasOauthlib)("the three steps", () => {
  let provider: Provider;
  let send: typeof fetch;
  beforeAll(async () => {
    provider = await startProvider({
      clients: {
        [client.identifier]: { secret: client.sharedSecret },
        plain: { secret: withoutEscapes.client.sharedSecret },
        rsa: { public_key: publicKey },
      },
      users: { jane: "open sesame ☃&=+%" },
    });
    send = behindTls(provider.origin);
  });
  beforeEach(async () => {
    await provider.received();
  });
  afterAll(() => provider.stop());

  /** Does what the resource owner's browser does: goes to the server, and back to the callback. */
  async function authorize(url: string): Promise<Response> {
    return send(url, { redirect: "manual" });
  }

  const ways = {
    "HMAC-SHA1": { client },
    "HMAC-SHA256, form body": {
      ...withoutEscapes,
      signatureMethod: hmacSha256,
      transmission: "form-body" as const,
    },
    "PLAINTEXT, query": {
      ...withoutEscapes,
      signatureMethod: plaintext,
      transmission: "query" as const,
      method: "GET",
    },
    "with realm, without version": { client, realm: "Photos", version: null },
    "the server's own parameters": {
      client,
      parameters: [["scope", "read write ☃"]] as [string, string][],
    },
    "the server's own parameters, GET": {
      client,
      method: "GET",
      parameters: [["a b", "+&="]] as [string, string][],
    },
  };
  for (const [name, way] of Object.entries(ways)) {
    it(name, async () => {
      const callback = "http://printer.example.com/ready?job=1%202&oauth=yes";
      const app = { callback, ...way, fetch: send };
      const temporary = await requestTemporaryCredentials(`${SITE}/initiate?a=%7e`, app);
      expect(temporary).toMatchObject({ callbackConfirmed: true, parameters: [], tolerated: [] });

      const back = await authorize(authorizationUrl(`${SITE}/authorize`, temporary));
      const location = back.headers.get("location") ?? "";
      const granted = readAuthorizationCallback(location, temporary);
      expect(granted.parameters).toEqual([
        ["job", "1 2"],
        ["oauth", "yes"],
      ]);

      const token = await requestTokenCredentials(`${SITE}/token`, {
        ...app,
        temporaryCredentials: temporary,
        verifier: granted.verifier,
      });
      expect(token).toMatchObject({
        sessionHandle: "session/1 +%",
        expiresIn: 3600,
        authorizationExpiresIn: 86400,
      });
      expect(token.parameters).toContainEqual(["screen_name", "☃ jane"]);

      const signer = createSigner({ client: way.client, token });
      const signed = signer.sign({ method: "GET", url: `${SITE}/photos` });
      expect((await send(signed.url, signed)).status).toBe(200);
      expect((await provider.received()).map(({ verified }) => verified)).toEqual([
        true,
        true,
        true,
      ]);
    });
  }

  it("work with RSA-SHA1, which signs asynchronously", async () => {
    const app = { ...rsa, fetch: send };
    const temporary = await requestTemporaryCredentials(`${SITE}/initiate`, {
      ...app,
      callback: new URL("http://printer.example.com/ready"),
    });
    const back = await authorize(authorizationUrl(`${SITE}/authorize`, temporary));
    const { verifier } = readAuthorizationCallback(back.headers.get("location") ?? "", temporary);
    const token = await requestTokenCredentials(`${SITE}/token`, {
      ...app,
      temporaryCredentials: temporary,
      verifier,
    });
    expect(token.identifier).not.toBe(temporary.identifier);
    expect((await provider.received()).map(({ signatureMethod }) => signatureMethod)).toEqual([
      "RSA-SHA1",
      "RSA-SHA1",
    ]);
  });

  it("sign a URL as it is sent", async () => {
    for (const method of ["GET", "POST"]) {
      const url = `${provider.origin}/a/../initiate?q=é ☃'&x=%7e`;
      await requestTemporaryCredentials(url, {
        client,
        method,
        callback: "oob",
        parameters: [["a'b", "c d"]],
        allowInsecureTransport: true,
      });
    }
    const [got, posted] = await provider.received();
    expect(got?.target).toBe("/initiate?q=%C3%A9%20%E2%98%83%27&x=%7e&a%27b=c%20d");
    expect(posted?.target).toBe("/initiate?q=%C3%A9%20%E2%98%83%27&x=%7e");
  });

  it("work with the fetch of a library", async () => {
    const temporary = await requestTemporaryCredentials(`${provider.origin}/initiate`, {
      client,
      callback: "oob",
      allowInsecureTransport: true,
      fetch: undici.fetch,
    });
    expect(temporary.callbackConfirmed).toBe(true);
  });

  it("work with oob: the resource owner copies the verifier", async () => {
    const temporary = await requestTemporaryCredentials(`${SITE}/initiate`, {
      client,
      callback: "oob",
      fetch: send,
    });
    const page = await authorize(authorizationUrl(`${SITE}/authorize`, temporary));
    const verifier = new URLSearchParams(await page.text()).get("oauth_verifier") ?? "";
    const token = await requestTokenCredentials(`${SITE}/token`, {
      client,
      temporaryCredentials: temporary,
      verifier,
      fetch: send,
    });
    expect(token.sharedSecret).not.toBe("");
  });

  it("report that the resource owner denied access", async () => {
    const temporary = await requestTemporaryCredentials(`${SITE}/initiate`, {
      client,
      callback: "http://printer.example.com/ready",
      fetch: send,
    });
    const uri = authorizationUrl(`${SITE}/authorize`, temporary, [["deny", "1"]]);
    const location = (await authorize(uri)).headers.get("location") ?? "";
    expect(() => readAuthorizationCallback(location, temporary)).toThrow(AuthorizationDeniedError);
    expect(() => readAuthorizationCallback(location, temporary)).toThrow("user_refused");
  });

  it("renew token credentials with the session handle", async () => {
    const token = await requestTokenCredentials(`${SITE}/token`, { client, fetch: send });
    const { sessionHandle = "" } = token;
    const renewed = await renewTokenCredentials(`${SITE}/token`, {
      client,
      tokenCredentials: token,
      sessionHandle,
      fetch: send,
    });
    expect(renewed.identifier).not.toBe(token.identifier);
    expect((await provider.received()).at(-1)?.protocolParameters["oauth_session_handle"]).toBe(
      sessionHandle,
    );
    const expired = renewTokenCredentials(`${SITE}/token`, {
      client,
      tokenCredentials: token,
      sessionHandle: "another",
      fetch: send,
    });
    await expect(expired).rejects.toMatchObject({ problem: "token_expired", status: 401 });
  });

  it("send the name and password of xAuth in a signed body", async () => {
    const token = await requestTokenCredentialsByXAuth(`${SITE}/token`, {
      client,
      username: "jane",
      password: "open sesame ☃&=+%",
      fetch: send,
    });
    expect(token.identifier).not.toBe("");
    const [request] = await provider.received();
    expect(request?.parameters).toContainEqual(["x_auth_password", "open sesame ☃&=+%"]);
    expect(request?.target).toBe("/token");
  });

  it("keep the password of xAuth out of the error, even if the server repeats it", async () => {
    const password = "wrong horse 100%";
    const error = await requestTokenCredentialsByXAuth(`${SITE}/token`, {
      client,
      username: "jane",
      password,
      fetch: send,
    }).catch((caught) => caught);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({
      problem: "permission_denied",
      advice: "not the password: [redacted]",
    });
    expect(inspect(error, { depth: null })).not.toMatch(/horse/);
  });

  it("work two-legged: without a token, and with an empty one", async () => {
    for (const token of [undefined, { identifier: "", sharedSecret: "" }]) {
      const signed = createSigner({ client, token }).sign({ method: "GET", url: `${SITE}/photos` });
      expect((await send(signed.url, signed)).status).toBe(200);
    }
    expect(
      (await provider.received()).map(
        ({ protocolParameters }) => protocolParameters["oauth_token"],
      ),
    ).toEqual([undefined, ""]);
  });

  it("report what the server says about a wrong secret and an unknown client", async () => {
    const wrong = requestTemporaryCredentials(`${SITE}/initiate`, {
      client: { ...client, sharedSecret: "wrong" },
      callback: "oob",
      fetch: send,
    });
    await expect(wrong).rejects.toMatchObject({
      name: "ProviderError",
      code: "ERR_PROVIDER",
      status: 401,
      realm: "Photos",
      problem: "signature_invalid",
      advice: "Verdict of oauthlib: 100% no.",
      tolerated: [],
    } satisfies Partial<ProviderError>);
    const unknown = requestTemporaryCredentials(`${SITE}/initiate`, {
      client: { ...client, identifier: "unknown" },
      callback: "oob",
      fetch: send,
    });
    await expect(unknown).rejects.toMatchObject({ problem: "consumer_key_unknown" });
  });

  it("use a verifier once", async () => {
    const temporary = await requestTemporaryCredentials(`${SITE}/initiate`, {
      client,
      callback: "http://printer.example.com/ready",
      fetch: send,
    });
    const back = await authorize(authorizationUrl(`${SITE}/authorize`, temporary));
    const { verifier } = readAuthorizationCallback(back.headers.get("location") ?? "", temporary);
    const exchange = () =>
      requestTokenCredentials(`${SITE}/token`, {
        client,
        temporaryCredentials: temporary,
        verifier,
        fetch: send,
      });
    await exchange();
    await expect(exchange()).rejects.toBeInstanceOf(ProviderError);
  });
});

describe("before anything is sent", () => {
  let isSent = false;
  const unused: typeof fetch = () => {
    isSent = true;
    throw new Error("sent");
  };
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => "no error",
      (error: AuthorizationError) => error.code,
    );

  it("rejects http, unless it is allowed", async () => {
    const options = { client, callback: "oob", fetch: unused };
    const url = "http://photos.example.net/initiate";
    expect(await codeOf(requestTemporaryCredentials(url, options))).toBe(
      "ERR_AUTHORIZATION_NOT_HTTPS",
    );
    const allowed = requestTemporaryCredentials(url, { ...options, allowInsecureTransport: true });
    await expect(allowed).rejects.toMatchObject({ code: "ERR_NO_ANSWER" });
    expect(isSent).toBe(true);
  });

  it("sends xAuth only over TLS and in a body, whatever is allowed", async () => {
    const options = { client, username: "a", password: "b", fetch: unused };
    const inTheClear = requestTokenCredentialsByXAuth("http://photos.example.net/token", {
      ...options,
      allowInsecureTransport: true,
    });
    expect(await codeOf(inTheClear)).toBe("ERR_AUTHORIZATION_NOT_HTTPS");
    const inUrl = requestTokenCredentialsByXAuth(`${SITE}/token`, { ...options, method: "get" });
    expect(await codeOf(inUrl)).toBe("ERR_AUTHORIZATION_OPTION");
  });

  it("requires a callback to be an absolute URL, oob or null", async () => {
    const ask = (callback: string) =>
      requestTemporaryCredentials(`${SITE}/initiate`, { client, callback, fetch: unused });
    expect(await codeOf(ask("/ready"))).toBe("ERR_AUTHORIZATION_OPTION");
    expect(await codeOf(ask(""))).toBe("ERR_AUTHORIZATION_OPTION");
    expect(await codeOf(ask("com.example.printer:/ready"))).toBe("ERR_NO_ANSWER");
  });

  it.each([
    "https://user:password@photos.example.net/token",
    "https://user@photos.example.net/token",
    "https://:password@photos.example.net/token",
  ])("rejects a URL with a user name or password: %s", async (url) => {
    isSent = false;
    const requests = [
      requestTemporaryCredentials(url, { client, callback: "oob", fetch: unused }),
      requestTokenCredentials(url, { client, signatureMethod: plaintext, fetch: unused }),
      requestTokenCredentials(new URL(url), { client, transmission: "query", fetch: unused }),
      requestTokenCredentialsByXAuth(url, { client, username: "a", password: "b", fetch: unused }),
    ];
    for (const request of requests) {
      await expect(request).rejects.toMatchObject({
        code: "ERR_AUTHORIZATION_OPTION",
        parameter: "url",
      });
    }
    expect(isSent).toBe(false);
  });

  const temporary = { identifier: "hh5s93j4hdidpola", sharedSecret: "hdhd0244k9j7ao03" };
  const steps: Record<string, (options: object) => Promise<unknown>> = {
    requestTemporaryCredentials: (options) =>
      requestTemporaryCredentials(`${SITE}/initiate`, { client, callback: "oob", ...options }),
    requestTokenCredentials: (options) =>
      requestTokenCredentials(`${SITE}/token`, { client, ...options }),
    requestTokenCredentialsByXAuth: (options) =>
      requestTokenCredentialsByXAuth(`${SITE}/token`, {
        client,
        username: "a",
        password: "b",
        ...options,
      }),
    renewTokenCredentials: (options) =>
      renewTokenCredentials(`${SITE}/token`, {
        client,
        tokenCredentials: temporary,
        sessionHandle: "s",
        ...options,
      }),
  };
  const wrong: [option: string, value: unknown][] = [
    ["client", undefined],
    ["client", "dpf43f3p2l4k3l03"],
    ["client", { ...client, sharedSecret: "[redacted]" }],
    ["signatureMethod", "HMAC-SHA1"],
    ["transmission", "body"],
    ["allowInsecureTransport", "false"],
    ["clock", 1],
    ["method", 1],
    ["parameters", { scope: "a" }],
    ["parameters", 7],
    ["protocolParameters", { oauth_callback: "a" }],
    ["headers", "User-Agent: a"],
    ["fetch", "fetch"],
    ["signal", true],
    ["maximumResponseOctets", "100"],
    ["callback", 7],
    ["requireCallbackConfirmation", "false"],
    ["temporaryCredentials", "hh5s93j4hdidpola"],
    ["verifier", 7],
    ["tokenCredentials", 7],
    ["sessionHandle", "[redacted]"],
    ["username", 7],
    ["mode", false],
    ["callbackUrl", "oob"],
    ["oauth_verifier", "a"],
    ["token", temporary],
    ["timeout", 1000],
  ];
  describe.each(Object.entries(steps))("%s", (_, step) => {
    it.each(wrong)("rejects %s: %j", async (option, value) => {
      isSent = false;
      const error: AuthorizationError = await step({ fetch: unused, [option]: value }).then(
        () => expect.unreachable(),
        (caught) => caught,
      );
      expect(error).toBeInstanceOf(AuthorizationError);
      expect(error).toMatchObject({ code: "ERR_AUTHORIZATION_OPTION" });
      expect(error.message).toContain(option);
      expect(isSent).toBe(false);
    });

    it("rejects a URL that is not absolute", async () => {
      for (const url of ["/token", "", undefined, 7, {}]) {
        const request = requestTokenCredentials(url as never, { client, fetch: unused });
        await expect(request).rejects.toMatchObject({
          code: "ERR_AUTHORIZATION_OPTION",
          parameter: "url",
        });
      }
    });
  });

  it("rejects a step without its required options", async () => {
    const url = `${SITE}/token`;
    for (const [request, parameter] of [
      [requestTemporaryCredentials(url, { client } as never), "callback"],
      [requestTemporaryCredentials(url, undefined as never), "options"],
      [requestTokenCredentials(url, null as never), "options"],
      [requestTokenCredentialsByXAuth(url, { client, username: "a" } as never), "password"],
      [renewTokenCredentials(url, { client, sessionHandle: "a" } as never), "tokenCredentials"],
      [
        renewTokenCredentials(url, { client, tokenCredentials: temporary } as never),
        "sessionHandle",
      ],
    ] as const) {
      await expect(request).rejects.toMatchObject({ code: "ERR_AUTHORIZATION_OPTION", parameter });
    }
  });

  it("rejects a limit that is not a positive integer", async () => {
    for (const maximumResponseOctets of [0, -1, 1.5, Number.NaN]) {
      const options = { client, callback: "oob", fetch: unused, maximumResponseOctets };
      expect(await codeOf(requestTemporaryCredentials(`${SITE}/initiate`, options))).toBe(
        "ERR_AUTHORIZATION_OPTION",
      );
    }
  });

  it("rejects a relative URL", async () => {
    const options = { client, callback: "oob", fetch: unused, allowInsecureTransport: true };
    expect(await codeOf(requestTemporaryCredentials("/initiate", options))).toBe(
      "ERR_AUTHORIZATION_OPTION",
    );
    expect(await codeOf(requestTemporaryCredentials("https://", options))).toBe(
      "ERR_AUTHORIZATION_OPTION",
    );
  });

  it("does not send an aborted request", async () => {
    const asked = requestTemporaryCredentials("https://127.0.0.1:1/initiate", {
      client,
      callback: "oob",
      signal: AbortSignal.abort(),
    });
    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("authorizationUrl", () => {
  const temporary = { identifier: "a/b c&☃" };
  it("keeps the URL's own query and fragment, and encodes by §3.6", () => {
    const encoded = "oauth_token=a%2Fb%20c%26%E2%98%83";
    for (const [url, expected] of [
      ["https://e.com/a", `https://e.com/a?${encoded}`],
      ["https://e.com/a?", `https://e.com/a?${encoded}`],
      ["https://e.com/a?x=%7e", `https://e.com/a?x=%7e&${encoded}`],
      ["https://e.com/a?x=1&#f?g", `https://e.com/a?x=1&${encoded}#f?g`],
    ] as const) {
      expect(authorizationUrl(url, temporary)).toBe(expected);
    }
  });
  it("rejects a second oauth_token", () => {
    expect(() => authorizationUrl("https://e.com/?oauth_token=1", temporary)).toThrow();
    expect(() => authorizationUrl("https://e.com/?oauth%5Ftoken=1", temporary)).toThrow();
    expect(() => authorizationUrl("https://e.com/", temporary, [["oauth_token", "1"]])).toThrow();
  });
});

describe("the error of a request without a response", () => {
  const secrets = /k423kf44|oauth_signature/;

  it("quotes nothing of the request", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    for (const transmission of ["query", "header", "form-body"] as const) {
      const error = await requestTokenCredentials(`http://127.0.0.1:${port}/token`, {
        client,
        signatureMethod: plaintext,
        transmission,
        parameters: [["a", "1"]],
        allowInsecureTransport: true,
      }).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(AuthorizationError);
      expect(error).toMatchObject({
        code: "ERR_NO_ANSWER",
        message: "the server did not answer: ECONNREFUSED",
        cause: { syscall: "connect" },
      });
      expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(secrets);
    }
  });

  it("quotes nothing of the request even if the platform's error quotes the URL", async () => {
    const error = await requestTokenCredentials(`${SITE}/token`, {
      client,
      signatureMethod: plaintext,
      transmission: "query",
      fetch: async (url) => {
        throw new TypeError(`cannot fetch ${url}`, { cause: new Error(url) });
      },
    }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "ERR_NO_ANSWER", message: "the server did not answer" });
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(secrets);
  });

  it("is the signal's own reason if the caller's signal aborted it", async () => {
    const reason = new Error("enough");
    const asked = requestTokenCredentials(`${SITE}/token`, {
      client,
      signal: AbortSignal.abort(reason),
    });
    await expect(asked).rejects.toBe(reason);
  });

  it("has the signer's error as its cause if the request cannot be signed", async () => {
    const asked = requestTokenCredentials(`${SITE}/token`, {
      client,
      protocolParameters: [["a", "b"]],
    });
    await expect(asked).rejects.toMatchObject({
      name: "AuthorizationError",
      code: "ERR_AUTHORIZATION_OPTION",
      cause: { name: "SignerError", code: "ERR_PROTOCOL_PARAMETER" },
    });
  });
});

describe("readAuthorizationCallback without a verifier (OAuth 1.0 before revision A)", () => {
  const temporary = { identifier: "hh5s93j4hdidpola" };
  const url = "/ready?oauth_token=hh5s93j4hdidpola&state=7";

  it("requires requireVerifier: false, and still compares the token", () => {
    expect(() => readAuthorizationCallback(url, temporary)).toThrow("oauth_verifier");
    expect(readAuthorizationCallback(url, temporary, { requireVerifier: false })).toEqual({
      verifier: undefined,
      parameters: [["state", "7"]],
    });
    expect(() =>
      readAuthorizationCallback("/ready?oauth_token=other", temporary, { requireVerifier: false }),
    ).toThrow(expect.objectContaining({ code: "ERR_TOKEN_MISMATCH" }));
    expect(() =>
      readAuthorizationCallback("/ready", temporary, { requireVerifier: false }),
    ).toThrow(expect.objectContaining({ code: "ERR_CALLBACK_PARAMETER" }));
  });

  it("returns the verifier if there is one", () => {
    const { verifier } = readAuthorizationCallback(`${url}&oauth_verifier=a`, temporary, {
      requireVerifier: false,
    });
    expect(verifier).toBe("a");
  });

  it("recognizes a denial in the words of OAuth 2.0", () => {
    for (const query of [
      "error=access_denied&error_description=no",
      "error=access_denied&oauth_token=hh5s93j4hdidpola",
    ]) {
      expect(() => readAuthorizationCallback(`/ready?${query}`, temporary)).toThrow(
        expect.objectContaining({ code: "ERR_AUTHORIZATION_DENIED", problem: "access_denied" }),
      );
    }
  });

  it.each([
    ["url", [undefined, temporary]],
    ["url", [7, temporary]],
    ["temporaryCredentials", [url, undefined]],
    ["temporaryCredentials", [url, {}]],
    ["temporaryCredentials", [url, { identifier: "" }]],
    ["requireVerifier", [url, temporary, { requireVerifier: "false" }]],
    ["needVerifier", [url, temporary, { needVerifier: false }]],
  ])("rejects a wrong %s (%#)", (parameter, given) => {
    const call = readAuthorizationCallback as (...given: unknown[]) => unknown;
    expect(() => call(...given)).toThrow(
      expect.objectContaining({ code: "ERR_AUTHORIZATION_OPTION", parameter }),
    );
  });

  it("authorizationUrl rejects credentials without an identifier", () => {
    for (const credentials of [undefined, {}, { identifier: "" }]) {
      expect(() => authorizationUrl(SITE, credentials as never)).toThrow(
        expect.objectContaining({ code: "ERR_AUTHORIZATION_OPTION" }),
      );
    }
  });
});

describe("readAuthorizationCallback", () => {
  const temporary = { identifier: "hh5s93j4hdidpola" };
  const codeOf = (query: string) => {
    try {
      return readAuthorizationCallback(`https://printer.example.com/ready${query}`, temporary);
    } catch (error) {
      return (error as AuthorizationError).code;
    }
  };
  it("reads what a form can contain", () => {
    expect(codeOf("?oauth_verifier=a+b%2B&oauth_token=hh5s93j4hdidpola&x=1#oauth_token=2")).toEqual(
      {
        verifier: "a b+",
        parameters: [["x", "1"]],
      },
    );
  });
  it.each([
    ["?oauth_token=another&oauth_verifier=1", "ERR_TOKEN_MISMATCH"],
    ["?denied=another", "ERR_TOKEN_MISMATCH"],
    ["?oauth_token=another&oauth_problem=user_refused", "ERR_TOKEN_MISMATCH"],
    ["?denied=hh5s93j4hdidpola", "ERR_AUTHORIZATION_DENIED"],
    ["?oauth_problem=permission_denied", "ERR_AUTHORIZATION_DENIED"],
    ["", "ERR_CALLBACK_PARAMETER"],
    ["?oauth_verifier=1", "ERR_CALLBACK_PARAMETER"],
    ["?oauth_token=hh5s93j4hdidpola", "ERR_CALLBACK_PARAMETER"],
    ["?oauth_token=hh5s93j4hdidpola&oauth_verifier=", "ERR_CALLBACK_PARAMETER"],
    ["?oauth_token=hh5s93j4hdidpola&oauth_verifier=1&oauth_verifier=1", "ERR_CALLBACK_PARAMETER"],
    ["?oauth_token=hh5s93j4hdidpola&oauth_verifier=%", "ERR_CALLBACK_PARAMETER"],
    ["#oauth_token=hh5s93j4hdidpola&oauth_verifier=1", "ERR_CALLBACK_PARAMETER"],
  ])("%s: %s", (query, code) => {
    expect(codeOf(query)).toBe(code);
  });
  it("reports the problem and the advice", () => {
    expect(() =>
      readAuthorizationCallback(
        "/ready?oauth_problem=permission_denied&oauth_problem_advice=ask+again",
        temporary,
      ),
    ).toThrow("access was not granted: permission_denied: ask again");
  });
});
