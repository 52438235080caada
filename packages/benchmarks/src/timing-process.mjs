// One of the processes of timing.mjs, which explains it. Sends the mean times of each comparison.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { createSigner } from "@oauth1/signer";
import { createVerifier } from "@oauth1/verifier";

const { values } = parseArgs({ options: { runs: { type: "string" }, kept: { type: "string" } } });
const RUNS = Number(values.runs);
const KEPT = Number(values.kept);
const BATCH = 1000;
/** V8 compiles a function again and again until then. */
const WARM_UP = 10_000;

const NOW = 1_191_242_096;
const url = "https://photos.example.net/photos?file=vacation.jpg&size=original";
// The credentials are new in each process, like the random ones for unknown clients.
const known = {
  client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: randomBytes(16).toString("hex") },
  token: { identifier: "nnch734d00sl2jdk", sharedSecret: randomBytes(16).toString("hex") },
};
const other = {
  client: { identifier: "dpf43f3p2l4k3l05", sharedSecret: randomBytes(16).toString("hex") },
};
const [keys, otherKeys] = [0, 1].map(() => generateKeyPairSync("rsa", { modulusLength: 2048 }));
if (keys === undefined || otherKeys === undefined) throw new Error("no keys");
const unknown = {
  client: { ...known.client, identifier: "dpf43f3p2l4k3l04" },
  token: { ...known.token, identifier: "nnch734d00sl2jdl" },
};

const CLIENTS = /** @type {const} */ ([
  [known, keys],
  [other, otherKeys],
]).map(([{ client }, { publicKey }]) => ({
  identifier: client.identifier,
  sharedSecrets: [client.sharedSecret],
  // A JSON Web Key, like the random one, so that both are imported the same way. From JSON, as a
  // server reads it.
  publicKey: JSON.parse(JSON.stringify(publicKey.export({ format: "jwk" }))),
}));
const TOKEN = { identifier: known.token.identifier, sharedSecrets: [known.token.sharedSecret] };
/** By the last two bits of the client identifier, and the last bit of the token identifier. */
const ANSWERS = [undefined, CLIENTS[1], undefined, CLIENTS[0]].flatMap((client) => [
  { client, token: undefined },
  { client, token: TOKEN },
]);

/**
 * A store that takes the same time whatever it finds: it does not even compare the identifiers, which
 * takes longer for those that are the same.
 *
 * @param {string} client
 * @param {string | undefined} token
 */
function find(client, token = "") {
  const index = 2 * (client.charCodeAt(15) & 3) + (token.charCodeAt(15) & 1);
  return /** @type {(typeof ANSWERS)[number]} */ (ANSWERS[index]);
}

const verifier = createVerifier({
  credentials: { find },
  nonces: { spend: () => "used" },
  signatureMethods: [hmacSha1, plaintext, rsaSha256Sync],
  problemReporting: "none",
  clock: () => NOW,
});
/** @typedef {{ method: string, url: string, headers: Record<string, string> }} Request */

/**
 * Signs requests, and changes their Authorization headers. In every signature only the last
 * character is encoded, so that all have the same length. The text is new each time, like that of a
 * received request.
 *
 * @param {Partial<import("@oauth1/signer").SignerOptions>} options
 * @param {(header: string) => string} change
 * @returns {() => Request}
 */
function requests(options, change) {
  const signer = createSigner({ ...known, clock: () => NOW, ...options });
  return () => {
    for (;;) {
      const { headers, signature } = signer.sign({ method: "GET", url });
      if (options.signatureMethod === undefined && /[+/]/.test(signature)) continue;
      const text = Buffer.from(change(headers["Authorization"] ?? ""), "latin1").toString("latin1");
      return { method: "GET", url, headers: { Authorization: text } };
    }
  };
}

/** @param {number} index the index of the signature's character to change */
const withSignature = (index) => (/** @type {string} */ header) =>
  header.replace(/(?<=oauth_signature=")[^"]*/, (encoded) => {
    const signature = decodeURIComponent(encoded);
    const at = index < 0 ? signature.length + index : index;
    const other = signature[at] === "A" ? "E" : "A";
    return encodeURIComponent(signature.slice(0, at) + other + signature.slice(at + 1));
  });
const wrong = withSignature(10);
/**
 * @param {string} identifier
 * @param {typeof keys} pair
 */
function rsa(identifier, { privateKey } = /** @type {NonNullable<typeof keys>} */ (keys)) {
  const client = { identifier, privateKey };
  return requests(/** @type {any} */ ({ client, signatureMethod: rsaSha256Sync }), wrong);
}
const plain = { signatureMethod: plaintext };

/** @type {Record<string, [() => Request, () => Request]>} */
const comparisons = {
  "unknown client, wrong signature": [
    requests({ client: unknown.client }, wrong),
    requests({}, wrong),
  ],
  "unknown token, wrong signature": [
    requests({ token: unknown.token }, wrong),
    requests({}, wrong),
  ],
  "unknown client, for the first time and again": [
    requests({ client: unknown.client }, (header) =>
      wrong(header.replace("dpf43f3p2l4k", `dpf4${randomBytes(4).toString("hex")}`)),
    ),
    requests({ client: unknown.client }, wrong),
  ],
  "unknown client, wrong signature, by RSA-SHA256": [
    rsa(unknown.client.identifier),
    rsa(known.client.identifier),
  ],
  "first and last character of a signature wrong": [
    requests({}, withSignature(0)),
    requests({}, withSignature(-2)),
  ],
  "first and last character of a PLAINTEXT signature wrong": [
    requests(plain, withSignature(0)),
    requests(plain, withSignature(-1)),
  ],
  "control, wrong signatures of two known clients": [
    requests({ client: other.client }, wrong),
    requests({}, wrong),
  ],
  "control, an unknown token twice": [
    requests({ token: unknown.token }, wrong),
    requests({ token: unknown.token }, wrong),
  ],
  "control, wrong signatures of two known clients by RSA-SHA256": [
    rsa(other.client.identifier, otherKeys),
    rsa(known.client.identifier),
  ],
  "control, the same class twice": [requests({}, wrong), requests({}, wrong)],
  "control, a wrong version and a wrong signature": [
    requests({}, (header) => wrong(header.replace('oauth_version="1.0"', 'oauth_version="2.0"'))),
    requests({}, wrong),
  ],
};

for (const [name, [first, second]] of Object.entries(comparisons)) {
  const runs = name.includes("RSA") ? Math.ceil(RUNS / 4) : RUNS;
  process.send?.({ name, runs, means: await compare(first, second, runs) });
}

/**
 * Measures both classes, one request at a time, in random order, and returns the mean time of each.
 *
 * @param {() => Request} first
 * @param {() => Request} second
 * @param {number} runs of both classes together
 */
async function compare(first, second, runs) {
  const bits = randomBytes(WARM_UP + runs);
  const times = new Float64Array(WARM_UP + runs);
  for (let start = 0; start < times.length; start += BATCH) {
    // Each request is new, like in a server, and made after the classes are mixed.
    const batch = Array.from(bits.subarray(start, start + BATCH), (bit) =>
      [first, second][bit & 1]?.(),
    );
    for (const [index, request] of batch.entries()) {
      if (request === undefined) throw new Error("no request");
      const before = process.hrtime.bigint();
      const { verified } = await verifier.verify(request);
      times[start + index] = Number(process.hrtime.bigint() - before);
      if (verified) throw new Error("the verifier must reject a wrong request");
    }
  }
  const bound =
    times.slice(WARM_UP).sort()[Math.floor(KEPT * runs) - 1] ?? Number.POSITIVE_INFINITY;
  return [0, 1].map((bit) =>
    mean(
      times.filter(
        (time, run) => run >= WARM_UP && time <= bound && (bits.readUInt8(run) & 1) === bit,
      ),
    ),
  );
}

/** @param {Float64Array} times */
function mean(times) {
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}
