import type { RecordedResult } from "../history/recorded-result.js";

/** What a report is shown beside. */
export interface ReportContext {
  /** The recorded results of each library, the oldest version first. */
  readonly history?: ReadonlyMap<string, readonly RecordedResult[]> | undefined;
}
