import { printableLine } from "@oauth1/printable";
import type { Progress } from "../run.js";

/** The stream to which the line is written. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** The time between two updates of the line, in milliseconds. */
const INTERVAL = 100;

/** A line that shows the progress of a run. */
export interface ProgressLine {
  /** Shows the progress of an implementation. */
  readonly show: (progress: Progress) => void;
  /** Records that an implementation has ended. */
  readonly end: (implementation: string) => void;
  /** Removes the line. */
  readonly clear: () => void;
}

/**
 * Shows the progress of a run in one line on a terminal, and nothing elsewhere.
 *
 * @param stream - Standard error, because standard output is for the report.
 * @param count - The number of implementations.
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
      // A line that wraps could not be overwritten.
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
