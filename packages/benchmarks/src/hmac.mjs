// HMAC-SHA1 with a key for one signature, as in a verifier: compares node:crypto's createHmac with
// a hand-written RFC 2104 whose pads are wiped. Prints nanoseconds and the ratio.
import { createHmac, hash, randomBytes } from "node:crypto";
import { cpus } from "node:os";

const BLOCK_OCTETS = 64;
const LONGEST = 4096;
const inner = Buffer.alloc(BLOCK_OCTETS + LONGEST);
const outer = Buffer.alloc(BLOCK_OCTETS + 20);

/** @type {Record<string, (key: string, text: string) => string>} */
const ways = {
  createHmac: (key, text) => createHmac("sha1", key).update(text).digest("base64"),
  "by hand, wiped": (key, text) => {
    const block = key.length > BLOCK_OCTETS ? hash("sha1", key, "binary") : key;
    for (let index = 0; index < BLOCK_OCTETS; index++) {
      const octet = index < block.length ? block.charCodeAt(index) : 0;
      inner[index] = octet ^ 0x36;
      outer[index] = octet ^ 0x5c;
    }
    const end = BLOCK_OCTETS + inner.write(text, BLOCK_OCTETS, "utf8");
    outer.write(hash("sha1", inner.subarray(0, end), "binary"), BLOCK_OCTETS, "latin1");
    const digest = hash("sha1", outer, "base64");
    inner.fill(0, 0, end);
    outer.fill(0);
    return digest;
  },
};

const CALLS = 200_000;
const ROUNDS = 7;
const text = `POST&https%3A%2F%2Fapi.example.com%2Fphotos&${"a%3D1%26".repeat(50)}`.slice(0, 450);
const keys = Array.from({ length: 1000 }, () => `${randomBytes(32).toString("hex")}&`);

/** @param {(key: string, text: string) => string} way */
function nanoseconds(way) {
  const start = process.hrtime.bigint();
  for (let call = 0; call < CALLS; call++) way(keys[call % keys.length] ?? "", text);
  return Number(process.hrtime.bigint() - start) / CALLS;
}

const [first, ...others] = Object.values(ways).map((way) => way("key&", text));
if (others.some((digest) => digest !== first)) throw new Error("the digests differ");

/** @type {Record<string, number[]>} */
const measured = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, way] of Object.entries(ways)) measured[name]?.push(nanoseconds(way));
}
const medians = Object.entries(measured).map(([name, times]) => ({
  name,
  time: times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? Number.NaN,
}));
console.log(`Node ${process.versions.node}, ${cpus()[0]?.model.trim()}`);
for (const { name, time } of medians) console.log(`${name}: ${time.toFixed(0)} ns`);
const [platform, byHand] = medians;
if (platform && byHand)
  console.log(`by hand: ${(platform.time / byHand.time).toFixed(2)} x as fast`);
