import type { InspectorInput } from "../inspector/inspector-input.js";

/**
 * The request with which one page opens another. It stays in memory, because it can contain
 * credentials.
 */
export type HandedOver = Pick<InspectorInput, "text" | "clientSharedSecret" | "tokenSharedSecret">;

let handedOver: HandedOver | undefined;

/** Keeps a request for the page that opens next. */
export function handOver(input: HandedOver): void {
  handedOver = input;
}

/** Returns the request once, and then forgets it. */
export function takeHandedOver(): HandedOver | undefined {
  const taken = handedOver;
  handedOver = undefined;
  return taken;
}
