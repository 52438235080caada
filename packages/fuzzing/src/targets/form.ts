import { formParameters, normalizeParameters, type Parameter } from "@oauth1/base-string";
import { formText } from "@oauth1/base-string/entity-body";
import { requestParameters } from "@oauth1/base-string/steps";
import { PercentEncodingError, percentDecode, percentEncode } from "@oauth1/percent-encoding";
import { attempt, type FuzzTarget, hold, holdEqual } from "../target.js";

const url = "https://example.com/";

/** RFC 5849 §3.4.1.3.1, compared with `URLSearchParams` where both accept the form. */
export const target: FuzzTarget = {
  name: "form",
  modules:
    /base-string\/dist\/(?:parse-form|form-parameters|request-parameters|entity-body|sort-parameters|normalize-parameters)\.js$/,
  seeds: ["c2&a3=2+q", "a=1&a=2&&b==&=c", "a%20b=%ff", "%C3%A9=\u00e9", "&", "=", "a=%"],
  tokens: ["&", "=", "&&", "==", "+", "%26", "%3D", "&amp;", ";", "%ff", "%zz"],
  check(input) {
    const decoded = attempt(() => formParameters(input), PercentEncodingError);
    const encoded = attempt(() => requestParameters({ url, body: input }), PercentEncodingError);
    if ("error" in decoded) {
      const { code, index = -1 } = decoded.error;
      hold(index >= 0 && index < input.length, "the index of an error is in the form", index);
      hold("error" in encoded || code === "ERR_INVALID_UTF8", "octets need not be UTF-8", code);
      hold("value" in encoded || encoded.error.code !== "ERR_INVALID_UTF8", "octets are kept");
      return;
    }
    const { value: pairs } = decoded;
    holdEqual(pairs, [...new URLSearchParams(`&${input}`)], "reads what URLSearchParams reads");
    if ("error" in encoded) throw encoded.error;
    const again = encoded.value.map(
      ({ encodedName, encodedValue }): Parameter => [
        percentDecode(encodedName),
        percentDecode(encodedValue),
      ],
    );
    holdEqual(again, pairs, "decoded and encoded pairs are the same");
    holdEqual(formParameters(written(pairs)), pairs, "pairs that are written again are the same");
    holdEqual(
      formParameters(new URLSearchParams(pairs as [string, string][]).toString()),
      pairs,
      "reads what the platform writes",
    );
    holdEqual(
      normalizeParameters([...pairs].reverse()),
      normalizeParameters(pairs),
      "the normalized parameters do not depend on the order",
    );
    const octets = formText(new TextEncoder().encode(input));
    holdEqual(formParameters(octets), pairs, "octets of the text are the same form");
  },
};

function written(pairs: readonly Parameter[]): string {
  return pairs.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join("&");
}
