import type { RecordedResult } from "../history/recorded-result.js";
import type { Reproduction } from "../reproductions.js";

/** Additional data for a report, by the names of the implementations. */
export interface ReportContext {
  /** The recorded results of each library, the oldest version first. */
  readonly history?: ReadonlyMap<string, readonly RecordedResult[]> | undefined;
  /** The programs that show a deviation without an adapter. */
  readonly reproductions?: ReadonlyMap<string, readonly Reproduction[]> | undefined;
}
