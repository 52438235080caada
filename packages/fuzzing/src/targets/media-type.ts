import { MIMEType } from "node:util";
import { isFormContentType, parseMediaType } from "@oauth1/base-string/entity-body";
import { type FuzzTarget, hold, holdEqual } from "../target.js";

/** RFC 9110 §8.3.1, compared with the MIME type of the platform where both accept the value. */
export const target: FuzzTarget = {
  name: "media-type",
  modules: /base-string\/dist\/(?:media-type|entity-body)\.js$/,
  seeds: [
    "Text/HTML; charset=UTF-8",
    'application/x-www-form-urlencoded;a="b\\"c";d=e',
    "a/b;;c=d ; ",
    "text/html, a/b",
    "",
  ],
  tokens: [
    "application/x-www-form-urlencoded",
    ";",
    "; ",
    "charset=",
    '"',
    '\\"',
    "=",
    "/",
    ",",
    "\t",
    "multipart/form-data; boundary=",
  ],
  check(input) {
    const parsed = parseMediaType(input);
    if (parsed === undefined) return;
    const { essence, parameters } = parsed;
    hold(
      /^[!#-'*+.0-9^-z|~-]+\/[!#-'*+.0-9^-z|~-]+$/.test(essence),
      "the essence is two tokens",
      essence,
    );
    holdEqual(
      isFormContentType(input),
      essence === "application/x-www-form-urlencoded",
      "both readers see a form",
    );
    for (const name of parameters.keys())
      holdEqual(name, name.toLowerCase(), "names are lower-case");

    let written = essence;
    for (const [name, value] of parameters) {
      written += `;${name}="${value.replace(/["\\]/g, "\\$&")}"`;
    }
    const again = parseMediaType(written);
    holdEqual(
      again && [again.essence, [...again.parameters]],
      [essence, [...parameters]],
      "a media type round-trips",
    );

    const platform = platformType(input);
    hold(platform !== undefined, "the platform reads what this reader reads");
    holdEqual(platform?.essence, essence, "the essence is the platform's");
    for (const [name, value] of parameters) {
      // The platform drops a parameter with an empty value that is not quoted.
      holdEqual(platform?.params.get(name), value, "a parameter is the platform's");
    }
  },
};

function platformType(value: string): MIMEType | undefined {
  try {
    return new MIMEType(value);
  } catch {
    return undefined;
  }
}
