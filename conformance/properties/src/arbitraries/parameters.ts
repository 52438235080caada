import fc from "fast-check";
import type { Parameter } from "../implementation.js";
import { type Spelled, spelledFormName, spelledFormValue } from "./spelling.js";
import { text } from "./text.js";

/** Names that come in another order when they are not encoded, or are joined to their values. */
const namesThatSortBadly = [
  "a",
  "a-b",
  "a=",
  "a~",
  "a b",
  "A",
  "ä",
  "a.",
  "a%",
  "z",
  "\uFB03",
  "😀",
  "realm",
  "2",
  "10",
];

/** The name of a parameter that is not a protocol parameter. */
export const parameterName: fc.Arbitrary<string> = fc
  .oneof(text, fc.constantFrom(...namesThatSortBadly))
  .filter((name) => !name.startsWith("oauth_"));

/** A parameter, decoded. */
export const parameter: fc.Arbitrary<Parameter> = fc.tuple(parameterName, text);

/** Parameters with duplicates, empty names and values. */
export const parameters: fc.Arbitrary<readonly Parameter[]> = fc
  .tuple(fc.array(parameter, { maxLength: 6 }), fc.array(fc.nat({ max: 5 }), { maxLength: 2 }))
  .map(([list, again]) => [...list, ...again.flatMap((index) => list.slice(index, index + 1))]);

/** Parameters beside one of their spellings as a query or a form, without empty pieces. */
export const spelledForm: fc.Arbitrary<Spelled<readonly Parameter[]>> = fc
  .array(
    fc.record({
      name: spelledFormName(parameterName),
      value: spelledFormValue(text),
      hasEquals: fc.boolean(),
    }),
    { maxLength: 5 },
  )
  .map((pieces) => ({
    value: pieces.map(({ name, value }) => [name.value, value.value] as const),
    spelling: pieces
      .map(({ name, value, hasEquals }) =>
        name.spelling !== "" && value.spelling === "" && !hasEquals
          ? name.spelling
          : `${name.spelling}=${value.spelling}`,
      )
      .join("&"),
  }));
