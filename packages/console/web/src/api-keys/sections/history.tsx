import { KeyHistory } from "../../activity/key-history.js";
import type { KeySectionProps } from "./key-section.js";

/** The changes of a key, the newest first. */
export function History({ apiKey, catalogue }: KeySectionProps) {
  return <KeyHistory apiKey={apiKey} catalogue={catalogue} />;
}
