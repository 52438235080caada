import fc from "fast-check";
import { octets } from "../arbitraries/octets.js";
import { spelled, spelledFormValue } from "../arbitraries/spelling.js";
import { text } from "../arbitraries/text.js";
import { expectEqual, expectThat, type Property, property } from "../property.js";
import { encode } from "../references/encode.js";

/** Percent-encoding, decoding and normalization: RFC 5849 §3.6. */
export const percentEncodingProperties: readonly Property[] = [
  property({
    id: "percent-encoding/text-by-table",
    section: "§3.6",
    statement: "Text is encoded as a table of the 256 octets says for its UTF-8.",
    needs: ["percentEncode"],
    inputs: text,
    async check({ percentEncode }, input) {
      expectEqual(await percentEncode(input), encode(input), { step: "percentEncode", input });
    },
  }),
  property({
    id: "percent-encoding/octets-by-table",
    section: "§3.6",
    statement: "Octets are encoded as a table of the 256 octets says.",
    needs: ["percentEncode"],
    inputs: octets,
    async check({ percentEncode }, input) {
      expectEqual(await percentEncode(input), encode(input), { step: "percentEncode", input });
    },
  }),
  property({
    id: "percent-encoding/alphabet",
    section: "§3.6",
    statement: "Encoded text is unreserved characters and escapes with upper-case digits only.",
    needs: ["percentEncode"],
    inputs: fc.oneof(text, octets),
    async check({ percentEncode }, input) {
      const encoded = await percentEncode(input);
      const holds = /^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*$/.test(encoded);
      expectThat(holds, encoded, "unreserved characters and upper-case escapes");
    },
  }),
  property({
    id: "percent-decoding/text-there-and-back",
    section: "§3.6",
    statement: "Decoding what was encoded gives the text again.",
    needs: ["percentEncode", "percentDecode"],
    inputs: text,
    async check({ percentEncode, percentDecode }, input) {
      expectEqual(await percentDecode(await percentEncode(input)), input);
    },
  }),
  property({
    id: "percent-decoding/octets-there-and-back",
    section: "§3.6",
    statement: "Decoding what was encoded gives the octets again.",
    needs: ["percentEncode", "percentDecodeOctets"],
    inputs: octets,
    async check({ percentEncode, percentDecodeOctets }, input) {
      const decoded = await percentDecodeOctets(await percentEncode(input));
      expectEqual([...decoded], [...input]);
    },
  }),
  property({
    id: "percent-decoding/any-spelling",
    section: "§3.6",
    statement: "Every spelling of a text decodes to it.",
    needs: ["percentDecode"],
    inputs: spelled(text),
    async check({ percentDecode }, { value, spelling }) {
      expectEqual(await percentDecode(spelling), value);
    },
  }),
  property({
    id: "percent-encoding-normalization/any-spelling",
    section: "§3.4.1.3.1",
    statement:
      "Every spelling of octets in a form becomes the one of section 3.6; a plus is a space.",
    needs: ["normalizePercentEncoding"],
    inputs: spelledFormValue(fc.oneof(text, octets)),
    async check({ normalizePercentEncoding }, { value, spelling }) {
      expectEqual(await normalizePercentEncoding(spelling, "space"), encode(value));
    },
  }),
  property({
    id: "percent-encoding-normalization/literal-plus",
    section: "§3.6",
    statement: "Elsewhere a plus stands for itself.",
    needs: ["normalizePercentEncoding"],
    inputs: spelled(fc.oneof(text, octets)),
    async check({ normalizePercentEncoding }, { value, spelling }) {
      const [withPlus, expected] = [`${spelling}+`, `${encode(value)}%2B`];
      expectEqual(await normalizePercentEncoding(withPlus, "literal"), expected);
    },
  }),
  property({
    id: "percent-encoding-normalization/idempotent",
    section: "§3.6",
    statement: "Normalizing twice changes nothing more.",
    needs: ["normalizePercentEncoding"],
    inputs: fc.record({
      encoded: spelledFormValue(fc.oneof(text, octets)).map(({ spelling }) => spelling),
      plus: fc.constantFrom("space" as const, "literal" as const),
    }),
    async check({ normalizePercentEncoding }, { encoded, plus }) {
      const once = await normalizePercentEncoding(encoded, plus);
      expectEqual(await normalizePercentEncoding(once, plus), once);
    },
  }),
];
