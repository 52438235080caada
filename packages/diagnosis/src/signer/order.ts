import type { MistakeName } from "../mistakes.js";
import { type Deviation, deviation } from "./deviation.js";
import { compareText, decodeText, type Order, RIGHT_ORDER, type SignedParameter } from "./draft.js";

/** Wrong forms of sorting (RFC 5849 §3.4.1.3.2). */
export function orderDeviations(): Deviation[] {
  return [
    ...ARRANGEMENTS.map((arrange) => order("Unsorted", { arrange, compare: undefined })),
    order("JoinedSort", {
      compare: (a, b) => compareText(`${a.name}=${a.value}`, `${b.name}=${b.value}`),
    }),
    order("DecodedSort", {
      compare: (a, b) =>
        compareText(decodeText(a.parameter.name), decodeText(b.parameter.name)) ||
        compareText(decodeText(a.parameter.value), decodeText(b.parameter.value)),
    }),
    ...ARRANGEMENTS.slice(0, 4).map((arrange) =>
      order("UnsortedValues", { arrange, compare: (a, b) => compareText(a.name, b.name) }),
    ),
    order("UnsortedValues", {
      compare: (a, b) => compareText(a.name, b.name) || compareText(b.value, a.value),
    }),
    order("CaseInsensitiveSort", {
      compare: (a, b) => compareCase(a.name, b.name) || compareCase(a.value, b.value),
    }),
    order("CaseInsensitiveSort", {
      compare: (a, b) => compareCase(a.name, b.name) || compareText(a.value, b.value),
    }),
    order("CaseInsensitiveSort", {
      compare: (a, b) =>
        compareCase(a.name, b.name) ||
        compareText(a.name, b.name) ||
        compareCase(a.value, b.value) ||
        compareText(a.value, b.value),
    }),
    order("CaseInsensitiveSort", {
      compare: (a, b) => compareCase(`${a.name}=${a.value}`, `${b.name}=${b.value}`),
    }),
    order("CaseInsensitiveSort", {
      compare: (a, b) => COLLATOR.compare(a.name, b.name) || COLLATOR.compare(a.value, b.value),
    }),
    order("Unsorted", {
      compare: (a, b) => compareText(b.name, a.name) || compareText(b.value, a.value),
    }),
    // Protocol parameters sorted apart from the others, after or before them.
    ...[1, -1].map((sign) =>
      order("Unsorted", {
        compare: (a, b) =>
          sign * (Number(a.parameter.isProtocol) - Number(b.parameter.isProtocol)) ||
          compareText(a.name, b.name) ||
          compareText(a.value, b.value),
      }),
    ),
  ];
}

function order(mistake: MistakeName, form: Partial<Order>): Deviation {
  const wrong: Order = { ...RIGHT_ORDER, ...form };
  return deviation(mistake, "order", (known) => (known === RIGHT_ORDER ? wrong : known));
}

/** The orders in which signers collect parameters. */
const ARRANGEMENTS: readonly Order["arrange"][] = (
  [
    ["protocol", "query", "form-body"],
    ["query", "protocol", "form-body"],
    ["query", "form-body", "protocol"],
    ["form-body", "query", "protocol"],
    ["protocol", "form-body", "query"],
    ["form-body", "protocol", "query"],
  ] as const
).map(
  (sources) => (parameters: readonly SignedParameter[]) =>
    sources.flatMap((source) =>
      parameters.filter(
        (parameter) => (parameter.isProtocol ? "protocol" : parameter.source) === source,
      ),
    ),
);

function compareCase(a: string, b: string): number {
  return compareText(a.toLowerCase(), b.toLowerCase());
}

const COLLATOR = new Intl.Collator("en");
