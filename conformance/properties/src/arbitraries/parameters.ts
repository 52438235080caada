import fc from "fast-check";
import type { Parameter } from "../implementation.js";
import { type Spelled, spelledFormName, spelledFormValue } from "./spelling.js";
import { text } from "./text.js";

/**
 * Names whose order differs if they are not encoded, or are joined to their values, and one
 * that is lost as a property of an object.
 */
const namesThatGoWrong = [
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
  "__proto__",
];

/** The name of a parameter that is not a protocol parameter. */
export const parameterName: fc.Arbitrary<string> = fc
  .oneof(text, fc.constantFrom(...namesThatGoWrong))
  .filter((name) => !name.startsWith("oauth_"));

/** A parameter, decoded. */
export const parameter: fc.Arbitrary<Parameter> = fc.tuple(parameterName, text);

const index = fc.nat({ max: 5 });

/**
 * The positions at which a name and a value of the list are repeated. Often both are those of
 * one parameter.
 */
const again = fc.oneof(
  index.map((one) => [one, one] as const),
  fc.tuple(index, index),
);

/** Parameters with duplicates, names that repeat with another value, and empty names and values. */
export const parameters: fc.Arbitrary<readonly Parameter[]> = fc
  .tuple(fc.array(parameter, { maxLength: 6 }), fc.array(again, { maxLength: 3 }))
  .map(([list, repeated]) => [
    ...list,
    ...repeated.flatMap(([named, valued]): Parameter[] => {
      const [name, value] = [list[named]?.[0], list[valued]?.[1]];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  ]);

/** Parameters with one of their spellings as a query or a form, without empty pieces. */
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
