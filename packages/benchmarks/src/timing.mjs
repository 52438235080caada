// Checks whether the duration of a rejection reveals its cause. As in dudect (Reparaz, Balasch,
// Verbauwhede: "Dude, is my code constant time?", 2017): two classes of requests, interleaved at
// random, and Welch's t-test on the times. Writes docs/timing.md, which nothing else writes.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { createSigner } from "@oauth1/signer";
import { createVerifier } from "@oauth1/verifier";
import { measuredOn } from "./measured-on.mjs";

const { values } = parseArgs({ options: { runs: { type: "string", default: "400000" } } });
const RUNS = Number(values.runs);
const BATCH = 1000;
/** dudect's bound: above it the two classes can be distinguished. */
const THRESHOLD = 4.5;
/** Times slower than this share of all runs come from the garbage collector and other programs. */
const KEPT = 0.9;

const NOW = 1_191_242_096;
const url = "https://photos.example.net/photos?file=vacation.jpg&size=original";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
// A JSON Web Key, like the random one for unknown clients, so that both are imported the same way. From
// JSON, as a server reads it.
const PUBLIC_KEY = JSON.parse(JSON.stringify(publicKey.export({ format: "jwk" })));
const known = {
  client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44kd94hf93k423kf44" },
  token: { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00pfkkdhi9sl3r4s00" },
};
const other = {
  client: { identifier: "dpf43f3p2l4k3l05", sharedSecret: "jd83hd83j312je33jd83hd83j312je33" },
};
const unknown = {
  client: { ...known.client, identifier: "dpf43f3p2l4k3l04" },
  token: { ...known.token, identifier: "nnch734d00sl2jdl" },
};

const CLIENTS = [known, other].map(({ client: { identifier, sharedSecret } }) => ({
  identifier,
  sharedSecrets: [sharedSecret],
  publicKey: PUBLIC_KEY,
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
const rsa = {
  client: { identifier: known.client.identifier, privateKey },
  signatureMethod: rsaSha256Sync,
};
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
    requests(
      /** @type {any} */ ({
        ...rsa,
        client: { ...rsa.client, identifier: unknown.client.identifier },
      }),
      wrong,
    ),
    requests(/** @type {any} */ (rsa), wrong),
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
  "control, a wrong signature by RSA-SHA256 twice": [
    requests(/** @type {any} */ (rsa), wrong),
    requests(/** @type {any} */ (rsa), wrong),
  ],
  "control, the same class twice": [requests({}, wrong), requests({}, wrong)],
  "control, a wrong version and a wrong signature": [
    requests({}, (header) => wrong(header.replace('oauth_version="1.0"', 'oauth_version="2.0"'))),
    requests({}, wrong),
  ],
};

const results = [];
for (const [name, [first, second]] of Object.entries(comparisons)) {
  const runs = name.includes("RSA") ? Math.ceil(RUNS / 4) : RUNS;
  const result = { name, ...(await compare(first, second, runs)) };
  results.push(result);
  console.error(`${name}: t = ${result.t.toFixed(2)}`);
}
const page = pageOf(results);
writeFileSync(fileURLToPath(new URL("../../../docs/timing.md", import.meta.url)), page);
console.log(page);
const strong = results.at(-1);
if (strong !== undefined && Math.abs(strong.t) < THRESHOLD) {
  console.error("the test does not find the known difference: increase --runs");
  process.exitCode = 1;
}
for (const { name, t } of results.slice(0, -1)) {
  if (Math.abs(t) < THRESHOLD) continue;
  console.error(`the classes can be distinguished: ${name}`);
  process.exitCode = 1;
}

/**
 * Measures both classes, one request at a time, in random order.
 *
 * @param {() => Request} first
 * @param {() => Request} second
 * @param {number} runs of both classes together
 */
async function compare(first, second, runs) {
  const warmUp = Math.ceil(runs / 10);
  const bits = randomBytes(warmUp + runs);
  const times = new Float64Array(warmUp + runs);
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
  const bound = times.slice(warmUp).sort()[Math.floor(KEPT * runs) - 1] ?? Number.POSITIVE_INFINITY;
  const [a, b] = [0, 1].map((bit) =>
    statistics(
      times.filter(
        (time, run) => run >= warmUp && time <= bound && (bits.readUInt8(run) & 1) === bit,
      ),
    ),
  );
  if (a === undefined || b === undefined) throw new Error("no times");
  const error = Math.sqrt(a.variance / a.count + b.variance / b.count);
  const difference = a.mean - b.mean;
  return { runs, means: [a.mean, b.mean], difference, error, t: difference / error };
}

/** @param {Float64Array} times */
function statistics(times) {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const squares = times.reduce((sum, time) => sum + (time - mean) ** 2, 0);
  return { count: times.length, mean, variance: squares / (times.length - 1) };
}

/** @param {typeof results} measured */
function pageOf(measured) {
  const rows = measured.map(({ name, runs, means: [a = 0, b = 0], difference, error, t }) => {
    const cells = [
      name,
      runs.toLocaleString("en"),
      a.toFixed(0),
      b.toFixed(0),
      `${difference.toFixed(0)} ± ${(1.96 * error).toFixed(0)}`,
      t.toFixed(1),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `# Timing of rejections

\`npx pnpm --filter @oauth1/benchmarks bench:timing\` writes this page. It shows whether the time of a
rejection reveals its reason.

An attacker who cannot see why the verifier rejects a request (\`problemReporting: "none"\`) can still measure the
time of rejections. The benchmark sends two classes of requests to one verifier in random order, and compares
the times of \`verify\` with Welch's t-test, as in
[dudect](https://eprint.iacr.org/2016/1123). If |t| is above ${THRESHOLD}, an attacker could distinguish the classes. The
benchmark omits the slowest ${((1 - KEPT) * 100).toFixed(0)} % of the runs of both classes together, because the garbage collector and other programs
cause them.

There are two kinds of controls. The same class twice, for each kind of comparison, shows the noise of the
measurement and must be below this bound. A rejection that is faster by design, that of a wrong version, must be
above it.

${measuredOn} The average load of the
last minute was ${loadavg()[0]?.toFixed(0)}.

| classes | runs | first, ns | second, ns | difference, ns (95 %) | t |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}

The credential store of this benchmark takes the same time whatever it finds; yours may not. The credentials
themselves also matter: the number and length of the secrets, and for RSA the length and form of the key. The
verifier checks an unknown client with a random secret of 32 characters and a random JSON Web Key of 2,048 bits, so
that its rejection resembles that of a wrong signature of such clients. It rejects a signature greater than the
modulus before the calculation.

With enough runs, a difference of a few nanoseconds is above the bound too. The delays of a network vary thousands
of times as much, so an attack over a network needs millions of times as many requests. You can see each of these
rejections in \`verifier.counts\`.
`;
}
