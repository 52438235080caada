// Small custom signature methods. Only a method's own properties determine how it is used.
import {
  createHash,
  createHmac,
  generateKeyPairSync,
  sign,
  timingSafeEqual,
  verify,
} from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type {
  RsaSigningClient,
  RsaVerifyingClient,
  SharedSecret,
  SignatureMethod,
} from "@oauth1/signature-methods";
import { createSigner, type SignedRequest } from "@oauth1/signer";
import type { VerifierOptions } from "@oauth1/verifier";
import { nodeVerifier } from "@oauth1/verifier/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Account, client, credentialStore, testVerifier, token } from "./verifying-server.js";

/** The secrets of the RFC's client and token need no encoding. */
const keyOf = (ofClient: SharedSecret, ofToken?: SharedSecret) =>
  `${ofClient.sharedSecret}&${ofToken?.sharedSecret ?? ""}`;
const sha384 = (key: string, text: string) =>
  createHmac("sha384", key).update(text).digest("base64");

const hmacSha384: SignatureMethod = {
  name: "HMAC-SHA384",
  keyType: "shared-secret",
  hash: "SHA-384",
  requiresNonce: true,
  revealsSecrets: false,
  prepareToSign: (...secrets) => {
    const key = keyOf(...secrets);
    return (baseString) => sha384(key, baseString);
  },
  prepareToVerify: (...secrets) => {
    const key = keyOf(...secrets);
    return (baseString, signature) => {
      const [right, received] = [sha384(key, baseString), signature].map((text) =>
        Buffer.from(text),
      );
      return (
        right?.length === received?.length && timingSafeEqual(right as Buffer, received as Buffer)
      );
    };
  },
  bodyHash: (body) => createHash("sha384").update(body).digest("base64"),
};

const padding = { padding: 6, saltLength: 32 };

/** RSASSA-PSS: RSA by its key type, but not by its name. */
const pss: SignatureMethod<string, RsaSigningClient, RsaVerifyingClient> = {
  name: "PSS-SHA256",
  keyType: "rsa",
  hash: "SHA-256",
  requiresNonce: true,
  revealsSecrets: false,
  prepareToSign: (known) => (baseString) =>
    sign("sha256", Buffer.from(baseString), {
      key: known.privateKey as string,
      ...padding,
    }).toString("base64"),
  prepareToVerify: (known) => (baseString, signature) => {
    const key = { key: known.publicKey as string, ...padding };
    // The verifier's placeholder for an unknown key is a JSON Web Key, which is not read here.
    if (typeof known.publicKey !== "string") return false;
    return verify("sha256", Buffer.from(baseString), key, Buffer.from(signature, "base64"));
  },
};

const keyPair = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const options = { token, clock: () => Math.floor(Date.now() / 1000) };

/** A verifying server whose handler responds with the signature method. */
async function listen(verifierOptions: Partial<VerifierOptions<Account>>): Promise<string> {
  const verifier = testVerifier(verifierOptions);
  const server = createServer(
    nodeVerifier(verifier, (_request, response, { signatureMethod }) => {
      response.end(signatureMethod);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/photos`;
}

async function send({ method, url, headers, body }: SignedRequest<string | undefined>) {
  const response = await fetch(url, { method, headers, body: body ?? null });
  return { status: response.status, text: await response.text() };
}

describe("a custom signature method", () => {
  it("signs and verifies with shared-secrets, over HTTP", async () => {
    const url = await listen({ signatureMethods: [hmacSha384], requireBodyHash: true });
    const signer = createSigner({
      ...options,
      client,
      signatureMethod: hmacSha384,
      bodyHash: true,
    });
    const request = {
      method: "POST",
      url,
      headers: { "Content-Type": "text/plain" },
      body: "Hello World!",
    };
    const signed = signer.sign(request);
    expect(await send(signed)).toEqual({ status: 200, text: "HMAC-SHA384" });
    expect(await send(signed)).toMatchObject({ status: 401, text: /nonce_used/ });
    expect(await send({ ...signer.sign(request), body: "Hello, World" })).toMatchObject({
      status: 401,
      text: expect.stringContaining("signature_invalid"),
    });
  });

  it("signs and verifies with an RSA key, over HTTP", async () => {
    const { publicKey, privateKey } = keyPair;
    const url = await listen({
      signatureMethods: [pss],
      credentials: credentialStore({ client: { sharedSecrets: undefined, publicKey } }),
    });
    const { identifier } = client;
    const signer = createSigner({
      ...options,
      client: { identifier, privateKey },
      signatureMethod: pss,
    });
    const signed = signer.sign<string | undefined>({ method: "GET", url });
    expect(await send(signed)).toEqual({ status: 200, text: "PSS-SHA256" });
  });

  it("never verifies with a key that the client does not have", async () => {
    const url = await listen({ signatureMethods: [pss] });
    const { identifier } = client;
    const signer = createSigner({
      ...options,
      client: { identifier, privateKey: keyPair.privateKey },
      signatureMethod: pss,
    });
    const signed = signer.sign<string | undefined>({ method: "GET", url });
    expect(await send(signed)).toMatchObject({ status: 401 });
  });

  it("requires timestamp and nonce according to its properties, not its name", async () => {
    const url =
      `https://api.example.com/?oauth_consumer_key=${client.identifier}` +
      "&oauth_signature_method=PLAINTEXT&oauth_signature=x";
    const strict = { ...hmacSha384, name: "PLAINTEXT" };
    const lenient = { ...strict, requiresNonce: false };
    const problemOf = async (method: typeof strict) =>
      testVerifier({ signatureMethods: [method] }).verify({ method: "GET", url });
    expect(await problemOf(strict)).toMatchObject({
      problem: "parameter_absent",
      advice: "oauth_timestamp, oauth_nonce: missing",
    });
    expect(await problemOf(lenient)).toMatchObject({ problem: "signature_invalid" });
  });

  it("is the problem if it is not accepted, even without timestamp and nonce", async () => {
    const url =
      `https://api.example.com/?oauth_consumer_key=${client.identifier}` +
      "&oauth_signature_method=HMAC-SHA384&oauth_signature=x";
    expect(await testVerifier().verify({ method: "GET", url })).toMatchObject({
      problem: "signature_method_rejected",
    });
  });
});
