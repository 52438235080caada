import { printableLine } from "@oauth1/printable";
import type { Progress } from "../run.js";

/** Where the line is written. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Milliseconds between two states of the line. */
const INTERVAL = 100;

/** A line that says how far a run is. */
export interface ProgressLine {
  /** Shows how far an implementation is. */
  readonly show: (progress: Progress) => void;
  /** An implementation has ended. */
  readonly end: (implementation: string) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

/**
 * One line that says how far a run is, on a terminal; nothing elsewhere.
 *
 * @param stream - Standard error: standard output is the report's.
 * @param count - How many implementations there are.
 */
export function progressLine(stream: ProgressStream, count: number): ProgressLine {
  if (stream.isTTY !== true) return { show() {}, end() {}, clear() {} };
  const running = new Map<string, Progress>();
  let ended = 0;
  let last = Number.NEGATIVE_INFINITY;
  return {
    show(progress) {
      running.set(progress.implementation, progress);
      const now = performance.now();
      if (now - last < INTERVAL) return;
      last = now;
      const parts = [...running.values()].map(
        ({ implementation, done, total, unexpected }) =>
          `${implementation} ${done}/${total}${unexpected === 0 ? "" : ` (${unexpected} unexpected)`}`,
      );
      const line = [`${ended}/${count}`, ...parts].join("  ");
      // A line that wraps could not be written over.
      stream.write(`\r\u001b[K${printableLine(line).slice(0, (stream.columns ?? 80) - 1)}`);
    },
    end(implementation) {
      running.delete(implementation);
      ended++;
    },
    clear() {
      stream.write("\r\u001b[K");
    },
  };
}
