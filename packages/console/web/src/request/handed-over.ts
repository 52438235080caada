import type { InspectorInput } from "../inspector/inspector-input.js";

/** What one page opens another with. It stays in memory: a request can contain credentials. */
export type HandedOver = Pick<InspectorInput, "text" | "clientSharedSecret" | "tokenSharedSecret">;

let handedOver: HandedOver | undefined;

/** Keeps a request for the page that opens next. */
export function handOver(input: HandedOver): void {
  handedOver = input;
}

/** Returns what was handed over, once. */
export function takeHandedOver(): HandedOver | undefined {
  const taken = handedOver;
  handedOver = undefined;
  return taken;
}
