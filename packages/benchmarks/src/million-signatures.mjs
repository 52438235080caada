// Signs a million requests. Measures how many bytes a signature allocates, and whether the heap
// grows.
import { Session } from "node:inspector/promises";
import { createSigner } from "@oauth1/signer";
import { request } from "./request.mjs";

const SIGNATURES = 1_000_000;
const STEPS = 10;

/** Needs `--expose-gc`. */
export async function millionSignatures() {
  const signer = createSigner({ client: request.client, token: request.token });
  const body = Object.entries(request.form);
  let made = 0;
  const signSome = (/** @type {number} */ count) => {
    for (let call = 0; call < count; call++) {
      signer.sign({ method: "POST", url: `${request.url}?page=${made++}`, body });
    }
  };
  signSome(10_000);
  const bytes = await bytesAllocated(() => signSome(20_000));
  const heap = [usedHeap()];
  const start = performance.now();
  for (let step = 0; step < STEPS; step++) {
    signSome(SIGNATURES / STEPS);
    heap.push(usedHeap());
  }
  const seconds = (performance.now() - start) / 1000;
  const [first = 0] = heap;
  return {
    signatures: SIGNATURES,
    bytesPerSignature: Math.round(bytes / 20_000),
    /** The largest heap after any step, compared with the heap before. */
    growth: Math.max(...heap) - first,
    seconds,
  };
}

/** Bytes in the heap and outside of it that are in use. */
function usedHeap() {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Samples all allocations, including those that are collected again. @param {() => void} work */
async function bytesAllocated(work) {
  const session = new Session();
  session.connect();
  await session.post("HeapProfiler.startSampling", {
    samplingInterval: 1024,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  work();
  const { profile } = await session.post("HeapProfiler.stopSampling");
  session.disconnect();
  return sizeOf(profile.head);
}

/** @param {{ selfSize: number, children: any[] }} node @returns {number} */
function sizeOf({ selfSize, children }) {
  return children.reduce((sum, child) => sum + sizeOf(child), selfSize);
}
