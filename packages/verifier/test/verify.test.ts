// Accepted requests: published ones, every transmission, every kind of request and method.
import { generateKeyPairSync } from "node:crypto";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import type { AddressInfo } from "node:net";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { createSigner, type Transmission } from "@oauth1/signer";
import { createVerifier, type Verification } from "@oauth1/verifier";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  client,
  credentialStore,
  nonceStore,
  octets,
  serve,
  signed,
  type TestServer,
  testVerifier,
  token,
} from "./verifying-server.js";

const FORM = "application/x-www-form-urlencoded";

describe("published requests", () => {
  it("of RFC 5849 §1.2 for temporary credentials verify, with a callback, without token and version", async () => {
    const verifier = testVerifier({ clock: () => 137131200 });
    const verification = await verifier.verify({
      method: "POST",
      url: "https://photos.example.net/initiate",
      headers: {
        Authorization:
          'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131200", oauth_nonce="wIjqoS", oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready", oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"',
      },
    });
    expect(verification).toMatchObject({
      verified: true,
      client: { identifier: client.identifier },
      token: undefined,
      caller: { account: 7 },
      signatureMethod: "HMAC-SHA1",
      transmission: "header",
      realm: "Photos",
      url: "https://photos.example.net/initiate",
      body: undefined,
    });
    expect(verification.verified && verification.parameters).toContainEqual([
      "oauth_callback",
      "http://printer.example.com/ready",
    ]);
  });

  it("of RFC 5849 §1.2 for a protected resource verify, over http with a token", async () => {
    const verifier = testVerifier({ clock: () => 137131202 });
    const verification = await verifier.verify({
      method: "GET",
      url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
      headers: [
        [
          "authorization",
          'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"',
        ],
      ],
    });
    expect(verification).toMatchObject({ verified: true, token: { identifier: token.identifier } });
  });

  it("of RFC 5849 §3.1 with erratum 2550 verify, with query and form", async () => {
    const verifier = createVerifier({
      credentials: {
        find: (identifier, tokenIdentifier = "") => ({
          client: { identifier, sharedSecrets: ["j49sk3j29djd"] },
          token: { identifier: tokenIdentifier, sharedSecrets: ["dh893hdasih9"] },
        }),
      },
      nonces: nonceStore(),
      signatureMethods: [hmacSha1],
      clock: () => 137131201,
    });
    const request = {
      method: "POST",
      url: "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
      headers: {
        "Content-Type": FORM,
        Authorization:
          'OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", oauth_signature="r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D"',
      },
    };
    const verification = await verifier.verify({ ...request, body: "c2&a3=2+q" });
    expect(verification).toMatchObject({ verified: true, body: octets("c2&a3=2+q") });
    expect(await verifier.verify({ ...request, body: "c2&a3=2+r" })).toMatchObject({
      problem: "signature_invalid",
    });
  });
});

describe("the verifier accepts", () => {
  const verifier = testVerifier();
  let server: TestServer;
  beforeAll(async () => {
    server = await serve(verifier);
  });
  afterAll(() => server.close());

  const url = "/photos;v=1//%7e%2F?b5=%3D%253D&a3=a&c%40=&a2=r%20b+q&x=%ff";
  const cases: [string, Transmission, { method: string; body?: string; type?: string }][] = [
    ["no body", "header", { method: "GET" }],
    ["no body", "query", { method: "DELETE" }],
    ["a form", "header", { method: "POST", body: "c2&a3=2+q&%7e=%2b&bin=%ff", type: FORM }],
    ["a form", "form-body", { method: "PUT", body: "c2&a3=2+q", type: `${FORM}; charset=utf-8` }],
    ["a form", "query", { method: "POST", body: "c2=☃", type: FORM }],
    ["JSON", "header", { method: "PATCH", body: '{"a":"☃"}', type: "application/json" }],
    ["octets", "query", { method: "POST", body: "\0&=%", type: "application/octet-stream" }],
  ];
  for (const [name, transmission, { method, body, type }] of cases) {
    const make = () =>
      signed<Uint8Array | undefined>(
        {
          method,
          url: `${server.origin}${url}`,
          ...(body !== undefined && { body: Buffer.from(body) }),
          ...(type !== undefined && { headers: { "Content-Type": type } }),
        },
        { transmission },
      );
    const isForm = name === "a form";
    const expected = { verified: true, transmission, token: { identifier: token.identifier } };

    it(`node:http, ${name}, ${transmission}, and the handler reads the body`, async () => {
      const { url, headers, body, method } = make();
      const response = await fetch(url, { method, headers, body: body as BodyInit | null });
      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(body ?? ""));
      const { verified } = server.handled.at(-1) ?? {};
      expect(verified).toMatchObject({ ...expected, url });
      expect(verified?.body === undefined).toBe(!isForm);
    });

    it(`Request, ${name}, ${transmission}, and the request can still be read`, async () => {
      const { url, headers, body, method } = make();
      const request = new Request(url, { method, headers, body: body as BodyInit | null });
      const verification = await verifier.verify(request);
      expect(verification).toMatchObject(expected);
      expect(Buffer.from(await request.arrayBuffer())).toEqual(Buffer.from(body ?? ""));
      if (isForm)
        expect(verification).toMatchObject({ body: new Uint8Array(Buffer.from(body ?? "")) });
    });

    it(`plain data, ${name}, ${transmission}`, async () => {
      expect(await verifier.verify(make())).toMatchObject(expected);
    });
  }

  it("the empty token of a client without a token", async () => {
    const { headers, ...request } = createSigner({
      client,
      token: { identifier: "", sharedSecret: "" },
    }).sign({ method: "GET", url: "http://example.com/" });
    expect(headers["Authorization"]).toContain('oauth_token=""');
    expect(await verifier.verify({ ...request, headers })).toMatchObject({
      verified: true,
      token: undefined,
    });
  });

  it("HTTP/2 with :authority instead of Host, and its form can be read again", async () => {
    const answers: [Verification, string][] = [];
    const http2 = createHttp2Server(async (request, response) => {
      const verification = await verifier.verify(request);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      answers.push([verification, Buffer.concat(chunks).toString()]);
      response.end();
    });
    await new Promise<void>((resolve) => http2.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(http2.address() as AddressInfo).port}`;
    const session = connectHttp2(origin);
    const { headers, body } = signed(
      { method: "POST", url: `${origin}/photos`, body: new URLSearchParams("a=1&b=2") },
      { transmission: "form-body" },
    );
    const stream = session.request({ ":method": "POST", ":path": "/photos", ...headers });
    stream.end(body);
    await new Promise((resolve) => stream.resume().on("end", resolve));
    session.close();
    await new Promise<void>((resolve) => http2.close(() => resolve()));
    expect(answers[0]?.[0]).toMatchObject({ verified: true });
    expect(answers[0]?.[1]).toBe(body);
  });
});

describe("methods and secrets", () => {
  const request = { method: "GET", url: "https://api.example.com/photos" };

  it("accepts each listed method, and no other", async () => {
    const verifier = testVerifier({ signatureMethods: [hmacSha256, plaintext] });
    for (const signatureMethod of [hmacSha256, plaintext]) {
      expect(await verifier.verify(signed(request, { signatureMethod }))).toMatchObject({
        verified: true,
        signatureMethod: signatureMethod.name,
      });
    }
    expect(await verifier.verify(signed(request))).toMatchObject({
      status: 400,
      problem: "signature_method_rejected",
    });
  });

  it("accepts PLAINTEXT without timestamp and nonce (RFC 5849 §3.1)", async () => {
    const nonces = nonceStore();
    const verifier = testVerifier({ signatureMethods: [plaintext], nonces });
    const url = `${request.url}?oauth_consumer_key=${client.identifier}&oauth_signature_method=PLAINTEXT&oauth_signature=${client.sharedSecret}%26`;
    // Either can be present, and must then be valid. Only both together can be spent.
    const now = Math.floor(Date.now() / 1000);
    for (const more of ["", "&oauth_nonce=a", `&oauth_timestamp=${now}`]) {
      expect(await verifier.verify({ method: "GET", url: url + more })).toMatchObject({
        verified: true,
      });
    }
    expect(nonces.spent.size).toBe(0);
    expect(await verifier.verify({ method: "GET", url: `${url}&oauth_timestamp=1` })).toMatchObject(
      {
        problem: "timestamp_refused",
      },
    );
    expect(await verifier.verify({ method: "GET", url: `${url}&oauth_nonce=` })).toMatchObject({
      problem: "parameter_rejected",
    });
    expect(await verifier.verify({ method: "GET", url: `${url}x` })).toMatchObject({
      problem: "signature_invalid",
    });
  });

  it("rejects PLAINTEXT over http unless it is allowed", async () => {
    const inTheClear = { method: "GET", url: "http://api.example.com/photos" };
    const options = { signatureMethod: plaintext, allowInsecureTransport: true };
    const signatureMethods = [plaintext];
    const verifier = testVerifier({ signatureMethods });
    const { url } = inTheClear;
    for (const one of [url, `${url}?next=https://api.example.com/`]) {
      const request = signed({ method: "GET", url: one }, options);
      for (const kind of [request, new Request(request.url, { headers: request.headers })]) {
        expect(await verifier.verify(kind)).toMatchObject({
          status: 400,
          problem: "signature_method_rejected",
        });
      }
    }
    const lenient = testVerifier({ signatureMethods, allowInsecureTransport: true });
    expect(await lenient.verify(signed(inTheClear, options))).toMatchObject({ verified: true });
  });

  it("tries every current secret, because client and token can both be rotating", async () => {
    const verifier = testVerifier({
      credentials: credentialStore({
        client: { sharedSecrets: ["new client secret", client.sharedSecret] },
        token: { sharedSecrets: ["new token secret", token.sharedSecret] },
      }),
    });
    for (const clientSecret of ["new client secret", client.sharedSecret]) {
      for (const tokenSecret of ["new token secret", token.sharedSecret]) {
        const verification = await verifier.verify(
          signed(request, {
            client: { ...client, sharedSecret: clientSecret },
            token: { ...token, sharedSecret: tokenSecret },
          }),
        );
        expect(verification).toMatchObject({ verified: true });
      }
    }
    expect(
      await verifier.verify(signed(request, { client: { ...client, sharedSecret: "old" } })),
    ).toMatchObject({ problem: "signature_invalid" });
  });

  it.each([
    ["Web Crypto", rsaSha256],
    ["node:crypto", rsaSha256Sync],
  ])("verifies RSA with %s", async (_, method) => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const signer = createSigner({
      client: { identifier: client.identifier, privateKey },
      token,
      signatureMethod: rsaSha256Sync,
    });
    const signatureMethods = [method, hmacSha1];
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    const credentials = credentialStore({
      client: { sharedSecrets: undefined, publicKey: pem },
      token: { sharedSecrets: [] },
    });
    const verifier = testVerifier({ credentials, signatureMethods });
    expect(await verifier.verify(signer.sign(request))).toMatchObject({ verified: true });
    expect(await verifier.verify({ ...signer.sign(request), method: "POST" })).toMatchObject({
      problem: "signature_invalid",
    });
    // The public key must not work as an HMAC secret.
    for (const sharedSecret of [pem, "", "undefined"]) {
      const forged = signed(request, {
        client: { ...client, sharedSecret },
        token: { ...token, sharedSecret: "" },
      });
      expect(await verifier.verify(forged)).toMatchObject({ problem: "signature_invalid" });
    }
    // A client without a public key is not verified with the placeholder.
    const withoutKey = testVerifier({ signatureMethods });
    expect(await withoutKey.verify(signer.sign(request))).toMatchObject({
      problem: "signature_invalid",
    });
  });

  it("never accepts the placeholder for an unknown secret", async () => {
    const standIn = "stand-in_for_a_secret_nobody_has";
    for (const who of [
      { client: { identifier: "unknown", sharedSecret: standIn }, token: undefined },
      { token: { identifier: "unknown", sharedSecret: standIn } },
    ]) {
      expect(await testVerifier().verify(signed(request, who))).toMatchObject({ verified: false });
    }
    const withoutSecrets = testVerifier({
      credentials: credentialStore({ client: { sharedSecrets: [] } }),
    });
    const forged = signed(request, { client: { ...client, sharedSecret: standIn } });
    expect(await withoutSecrets.verify(forged)).toMatchObject({ problem: "signature_invalid" });
  });
});
