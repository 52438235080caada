import { useState } from "preact/hooks";

/** An action of a section: whether it runs, and why it failed. */
export interface Action {
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  /** Clears the error. */
  readonly clear: () => void;
  readonly act: (task: () => Promise<void>) => Promise<void>;
}

/** Runs one action at a time, and keeps the message of its error. */
export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const act = async (task: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await task();
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, clear: () => setProblem(undefined), act };
}
