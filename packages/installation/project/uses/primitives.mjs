// Encoding, base string, header and signature methods.
import assert from "node:assert/strict";
import {
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from "node:crypto";
import {
  authorization,
  baseString,
  client,
  protocolParameters,
  request,
  secrets,
  signature,
  signerOptions,
  token,
} from "./rfc-example.mjs";

const url = "http://EXAMPLE.COM:80/request?a3=a&a2=r%20b";
const hmacKey = `${client.sharedSecret}&${token.sharedSecret}`;
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

export const primitives = {
  "@oauth1/percent-encoding": ({ percentDecode, percentEncode }) => {
    assert.equal(percentEncode("a b☃~"), "a%20b%E2%98%83~");
    assert.equal(percentDecode("a%20b"), "a b");
  },
  "@oauth1/printable": ({ printableLine }) => {
    assert.equal(printableLine("one\ntwo"), "one\\u{a}two");
  },
  "@oauth1/options": ({ aBoolean, requireOptions }) => {
    const failure = (name, problem) => new TypeError(`${name} ${problem}`);
    assert.throws(
      () => requireOptions({ secure: "false" }, { secure: aBoolean }, failure),
      /^TypeError: secure must be true or false$/,
    );
  },
  "@oauth1/base-string": ({ signatureBaseString }) => {
    assert.equal(signatureBaseString(request, protocolParameters), baseString);
  },
  "@oauth1/base-string/entity-body": ({ formText, isFormContentType }) => {
    assert.equal(isFormContentType("application/x-www-form-urlencoded; charset=utf-8"), true);
    assert.equal(formText(new Uint8Array([0x61, 0x3d, 0xe9])), "a=%e9");
  },
  "@oauth1/base-string/steps": ({ parseRequestUri }) => {
    assert.equal(parseRequestUri(url).baseStringUri, "http://example.com/request");
  },
  "@oauth1/captured-request": ({ readCurlCommand }) => {
    const read = readCurlCommand(`curl -H 'Authorization: ${authorization}' '${request.url}'`);
    assert.deepEqual([read.method, read.url], [request.method, request.url]);
    assert.deepEqual(read.headers[0], ["Authorization", authorization]);
  },
  "@oauth1/auth-header": ({ parseAuthorizationHeader, serializeAuthorizationHeader }) => {
    const header = { realm: "Photos", parameters: [["oauth_nonce", "wIjqoS="]] };
    assert.equal(
      serializeAuthorizationHeader(header),
      'OAuth realm="Photos", oauth_nonce="wIjqoS%3D"',
    );
    assert.deepEqual(
      parseAuthorizationHeader('OAuth realm="Photos", oauth_nonce="wIjqoS%3D"'),
      header,
    );
  },
  "@oauth1/auth-header/to-verify": ({ parseToVerify }) => {
    const { parameters } = parseToVerify(authorization);
    assert.deepEqual(
      parameters.filter(([name]) => name !== "oauth_signature"),
      protocolParameters,
    );
  },
  "@oauth1/hmac-sha1": ({ signHmacSha1, verifyHmacSha1 }) => {
    assert.equal(signHmacSha1(baseString, secrets), signature);
    assert.equal(verifyHmacSha1(baseString, signature, secrets), true);
  },
  "@oauth1/hmac-sha1/constant-time": ({ equalInConstantTime }) => {
    assert.equal(equalInConstantTime("a", "a"), true);
    assert.equal(equalInConstantTime("a", "b"), false);
  },
  "@oauth1/signature-methods": ({ acceptSignatureMethods }) => {
    assert.throws(() => acceptSignatureMethods([{ name: "HMAC-SHA1" }])("PLAINTEXT"), /PLAINTEXT/);
  },
  "@oauth1/signature-methods/descriptions": ({ methodDescriptions }) => {
    assert.equal(methodDescriptions[0].name, "HMAC-SHA1");
  },
  "@oauth1/signature-methods/hash-functions": ({ hashFunctions }) => {
    const octets = new TextEncoder().encode("abc");
    const digest = createHash("sha512").update(octets).digest("base64");
    assert.equal(hashFunctions["SHA-512"].digest(octets), digest);
  },
  "@oauth1/signature-methods/hmac-sha1": ({ hmacSha1 }) => signsByHmac(hmacSha1, "sha1"),
  "@oauth1/signature-methods/hmac-sha256": ({ hmacSha256 }) => signsByHmac(hmacSha256, "sha256"),
  "@oauth1/signature-methods/hmac-sha512": ({ hmacSha512 }) => signsByHmac(hmacSha512, "sha512"),
  "@oauth1/signature-methods/plaintext": ({ plaintext }) => {
    assert.equal(plaintext.prepareToSign(client, token)(baseString), hmacKey);
  },
  "@oauth1/signature-methods/recover-digest": ({ recoverDigest }) => {
    const digest = createHash("sha256").update(baseString).digest("base64");
    const made = sign("sha256", Buffer.from(baseString), privateKey);
    assert.deepEqual(recoverDigest({ publicKey }, made), { hash: "SHA-256", digest });
  },
  "@oauth1/signature-methods/registry": async ({ loadSignatureMethod, signatureMethodNames }) => {
    assert.equal(signatureMethodNames.length, 7);
    signsByHmac(await loadSignatureMethod("HMAC-SHA256"), "sha256");
  },
  "@oauth1/signature-methods/rsa-sha1": ({ rsaSha1 }) => signsByRsa(rsaSha1, "sha1"),
  "@oauth1/signature-methods/rsa-sha256": ({ rsaSha256 }) => signsByRsa(rsaSha256, "sha256"),
  "@oauth1/signature-methods/rsa-sha512": ({ rsaSha512 }) => signsByRsa(rsaSha512, "sha512"),
  "@oauth1/signature-methods/sync/rsa-sha1": ({ rsaSha1Sync }) => signsByRsa(rsaSha1Sync, "sha1"),
  "@oauth1/signature-methods/sync/rsa-sha256": ({ rsaSha256Sync }) =>
    signsByRsa(rsaSha256Sync, "sha256"),
  "@oauth1/signature-methods/sync/rsa-sha512": ({ rsaSha512Sync }) =>
    signsByRsa(rsaSha512Sync, "sha512"),
  "@oauth1/signer": ({ createSigner }) => {
    const signed = createSigner(signerOptions).sign(request);
    assert.equal(signed.signature, signature);
    assert.deepEqual(fields(signed.headers.Authorization), fields(authorization));
  },
};

/** The scheme with the realm, and the parameters in the order of their names. */
function fields(header) {
  return header.split(", ").sort();
}

function signsByHmac(method, hash) {
  const expected = createHmac(hash, hmacKey).update(baseString).digest("base64");
  assert.equal(method.prepareToSign(client, token)(baseString), expected);
  assert.equal(method.prepareToVerify(client, token)(baseString, expected), true);
}

async function signsByRsa(method, hash) {
  const made = await method.prepareToSign({ privateKey })(baseString);
  const octets = Buffer.from(made, "base64");
  assert.equal(verify(hash, Buffer.from(baseString), createPublicKey(publicKey), octets), true);
  assert.equal(await method.prepareToVerify({ publicKey })(baseString, made), true);
}
