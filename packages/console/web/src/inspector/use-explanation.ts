import { useEffect, useState } from "preact/hooks";
import { errorMessage } from "../components/error-message.js";
import type { Inspection } from "./explain-request.js";
import type { Answer } from "./explain-worker.js";
import type { InspectorInput } from "./inspector-input.js";

/** The time without input after which a request is explained, in milliseconds. */
const DEBOUNCE = 200;

/** The result for the last input. */
export interface Outcome {
  /** The last explanation. It belongs to an earlier input if there is a problem. */
  readonly inspection?: Inspection | undefined;
  /** Why the text cannot be read. */
  readonly problem?: string | undefined;
}

/** Explains the input in a worker, so that the page is never blocked. */
export function useExplanation(input: InspectorInput): Outcome {
  const [outcome, setOutcome] = useState<Outcome>({});
  const [worker] = useState(startWorker);

  useEffect(
    () => () => {
      worker.then(
        (started) => started.terminate(),
        () => {},
      );
    },
    [worker],
  );

  useEffect(() => {
    if (input.text.trim() === "") {
      setOutcome({});
      return;
    }
    let isCurrent = true;
    const show = (answer: Answer) => {
      if (isCurrent) setOutcome((before) => ({ ...before, problem: undefined, ...answer }));
    };
    const timer = setTimeout(() => {
      worker
        .then((started) => ask(started, input))
        .then(show, (error) => show({ problem: errorMessage(error) }));
    }, DEBOUNCE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [input, worker]);

  return outcome;
}

async function startWorker(): Promise<Worker> {
  const { startExplainWorker } = await import("./explain-worker.js");
  return startExplainWorker();
}

function ask(worker: Worker, input: InspectorInput): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Answer>) => {
      resolve(data);
      port1.close();
    };
    worker.onerror = () => reject(new Error("The inspector did not start: reload the page."));
    worker.postMessage(input, [port2]);
  });
}
