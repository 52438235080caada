import { type MistakeName, mistakes } from "@oauth1/diagnosis";
import type { Cause } from "../report.js";
import { sectionName } from "../specification.js";

/** A cause that is not in the catalogue of mistakes. */
export function cause(section: string, text: string, mistake?: string): Cause {
  return { ...(mistake === undefined ? {} : { mistake }), section: sectionName(section), text };
}

/** A mistake of the catalogue as a cause. */
export function causeOfMistake(name: MistakeName): Cause {
  const { section, did, change } = mistakes[name];
  return cause(section, `Your signer ${did}: ${change}.`, name);
}
