import { isStorable } from "../storable-text.js";
import type { RecordedCall } from "./call-buffer.js";

/**
 * Describes a request for the list of recent calls. A client can put a secret in a wrong place.
 * Therefore, values of the query are not stored, and neither is a long text in the path or a
 * name: secrets of keys have 64 characters, and tokens of sessions 43.
 */
export function describeRequest(request: {
  readonly method: string;
  readonly url: string;
}): Pick<RecordedCall, "method" | "path" | "queryNames"> {
  // Independent of the host, which a server with a public origin ignores.
  const target = request.url.replace(/^[a-z]+:\/\/[^/?#]*/i, "");
  const { pathname, searchParams } = new URL(`http://localhost${target}`);
  const names = new Set([...searchParams.keys()].slice(0, MOST_NAMES).map(shown));
  return {
    method: shown(request.method),
    path: pathname.slice(0, LONGEST_PATH).split("/").map(shown).join("/"),
    queryNames: [...names],
  };
}

const MOST_NAMES = 20;
const LONGEST_PATH = 300;
const LONGEST = 40;

function shown(text: string): string {
  return text.length <= LONGEST && isStorable(text) ? text : "…";
}
