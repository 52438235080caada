// Verifies a GET with two query parameters and an Authorization header: the photos request and the
// credentials of RFC 5849 §1.2, each time with another nonce.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createSigner } from "@oauth1/signer";
import { createVerifier } from "@oauth1/verifier";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";

const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
const token = { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" };
const url = "http://photos.example.net/photos?file=vacation.jpg&size=original";

const PYTHON = "/usr/bin/python3";

/** The number of requests that are verified before they repeat, with an empty store of nonces. */
const REQUESTS = 2000;

/** Verifies the requests in turn. */
export function ourVerification() {
  const requests = signedRequests().map((Authorization) => ({
    method: "GET",
    url,
    headers: { Host: "photos.example.net", Authorization },
  }));
  let nonces = memoryNonceStore({ since: 0 });
  const verifier = createVerifier({
    credentials: {
      find: (clientIdentifier, tokenIdentifier) => ({
        client:
          clientIdentifier === client.identifier
            ? { identifier: client.identifier, sharedSecrets: [client.sharedSecret] }
            : undefined,
        token:
          tokenIdentifier === token.identifier
            ? { identifier: token.identifier, sharedSecrets: [token.sharedSecret] }
            : undefined,
      }),
    },
    nonces: { spend: (nonce) => nonces.spend(nonce) },
    signatureMethods: [hmacSha1],
    timestampTolerance: 3600,
  });
  let next = 0;
  return {
    promise: async () => {
      if (next % REQUESTS === 0) nonces = memoryNonceStore({ since: 0 });
      const request = requests[next++ % REQUESTS];
      const result = request && (await verifier.verify(request));
      if (!result?.verified) throw new Error("the verifier must accept a signed request");
    },
  };
}

/**
 * passport-http-oauth's check, with a set of nonces. Its request has the query parsed, as in Express.
 * It checks neither the age of the timestamp nor where parameters are, and compares signatures with
 * `!==`.
 */
export function passportVerification() {
  const { TokenStrategy } = createRequire(import.meta.url)("passport-http-oauth");
  let used = new Set();
  const strategy = new TokenStrategy(
    (/** @type {string} */ key, /** @type {Function} */ done) =>
      key === client.identifier ? done(null, client, client.sharedSecret) : done(null, false),
    (/** @type {string} */ identifier, /** @type {Function} */ done) =>
      identifier === token.identifier
        ? done(null, { name: "user" }, token.sharedSecret)
        : done(null, false),
    (/** @type {string} */ timestamp, /** @type {string} */ nonce, /** @type {Function} */ done) =>
      done(null, used.size < used.add(`${timestamp} ${nonce}`).size),
  );
  let isValid = false;
  Object.assign(strategy, {
    success: () => {
      isValid = true;
    },
    fail: (/** @type {unknown} */ problem) => {
      throw new Error(`passport-http-oauth must accept a signed request: ${problem}`);
    },
  });
  const requests = signedRequests().map((authorization) => ({
    method: "GET",
    url: "/photos?file=vacation.jpg&size=original",
    query: { file: "vacation.jpg", size: "original" },
    headers: { host: "photos.example.net", authorization },
    connection: {},
  }));
  let next = 0;
  return () => {
    if (next % REQUESTS === 0) used = new Set();
    isValid = false;
    strategy.authenticate(requests[next++ % REQUESTS]);
    return isValid;
  };
}

/**
 * oauthlib's ResourceEndpoint, in a separate process that measures itself. `undefined` if it is
 * not installed (on Debian: apt-get install python3-oauthlib).
 */
export async function oauthlibVerification() {
  const { status } = spawnSync(PYTHON, ["-c", "import oauthlib"], { stdio: "ignore" });
  if (status !== 0) return undefined;
  const program = fileURLToPath(new URL("oauthlib_verifier.py", import.meta.url));
  const child = spawn(PYTHON, [program], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child, "spawn");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const requests = signedRequests().map((Authorization) => ({
    method: "GET",
    url,
    headers: { Authorization },
  }));
  child.stdin.write(`${JSON.stringify({ client, token })}\n${JSON.stringify(requests)}\n`);
  return {
    work: {
      nanoseconds: async (/** @type {number} */ calls) => {
        child.stdin.write(`${calls}\n`);
        const { value, done } = await lines.next();
        if (done) throw new Error("oauthlib_verifier.py ended");
        return Number(value);
      },
    },
    stop: () => child.kill(),
  };
}

/** Authorization headers as a server receives them: each is one flat string. */
function signedRequests() {
  const signer = createSigner({ client, token });
  return Array.from({ length: REQUESTS }, () => {
    const { headers } = signer.sign({ method: "GET", url });
    return Buffer.from(headers["Authorization"] ?? "", "latin1").toString("latin1");
  });
}
