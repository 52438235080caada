// The page imports this module for its address only, and starts it as a worker: a search takes longer
// than a page may be blocked.
import { errorMessage } from "../components/error-message.js";
import type { Inspection } from "./explain-request.js";
import type { InspectorInput } from "./inspector-input.js";

/** The address of this module. */
export const WORKER_URL: string = import.meta.url;

/** What came of an input. The worker answers on the port that comes with it. */
export type Answer = { readonly inspection: Inspection } | { readonly problem: string };

if (typeof document === "undefined") {
  const loaded = import("./explain-request.js");
  addEventListener("message", async ({ data, ports }: MessageEvent<InspectorInput>) => {
    ports[0]?.postMessage(await answerTo(loaded, data));
  });
}

async function answerTo(
  loaded: Promise<typeof import("./explain-request.js")>,
  input: InspectorInput,
): Promise<Answer> {
  try {
    const { explainRequest } = await loaded;
    return { inspection: explainRequest(input) };
  } catch (error) {
    return { problem: errorMessage(error) };
  }
}
