// Prints the bytes per nonce in the memory store. Run with --expose-gc.
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";

const COUNT = 1_000_000;
const START = 1_191_242_096;

const octets = () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const store = memoryNonceStore({ capacity: 2 * COUNT, clock: () => START, since: 0 });
const before = octets();
for (let index = 0; index < COUNT; index++) {
  const timestamp = START + (index % 600) - 300;
  const expires = timestamp + 300;
  const nonce = `kllo9940pd9333jh${index}`;
  const answer = store.spend({ client: "client", token: "token", timestamp, nonce, expires });
  if (answer !== "fresh") throw new Error(answer);
}
console.log((octets() - before) / store.size);
