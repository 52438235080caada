// The page imports this module to start it as a worker: a search takes longer than a page may be blocked.
import { errorMessage } from "../components/error-message.js";
import type { Inspection } from "./explain-request.js";
import type { InspectorInput } from "./inspector-input.js";

/**
 * Starts this module as a worker. A worker from a blob inherits the policy of the page (CSP 3 §4.2). One
 * from an address has the policy that comes with the file, which is none on most static hosts.
 */
export function startExplainWorker(): Worker {
  const script = `import ${JSON.stringify(import.meta.url)};`;
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  return new Worker(address, { type: "module" });
}

/** The result for an input. The worker responds on the port that comes with the input. */
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
