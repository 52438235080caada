import fc from "fast-check";
import { parameter, parameters, spelledForm } from "../arbitraries/parameters.js";
import { realm } from "../arbitraries/text.js";
import { url } from "../arbitraries/url.js";
import type { Parameter } from "../implementation.js";
import { expectEqual, type Property, property } from "../property.js";
import { normalized } from "../references/base-string.js";
import { encode } from "../references/encode.js";

/** Collection and normalization of the parameters: RFC 5849 §3.4.1.3. */
export const parameterProperties: readonly Property[] = [
  property({
    id: "parameter-collection/three-sources",
    section: "§3.4.1.3.1",
    statement:
      "The parameters of query, header field and form are collected, each as often as it is there; realm and oauth_signature are not.",
    needs: ["collectParameters"],
    inputs: fc.record({
      url,
      form: spelledForm,
      header: fc.uniqueArray(parameter, {
        selector: ([name]) => name.toLowerCase(),
        maxLength: 4,
      }),
      realm,
      // A media type is case-insensitive (RFC 9110 §8.3.1).
      contentType: fc.constantFrom(
        "application/x-www-form-urlencoded",
        "Application/X-WWW-Form-URLEncoded",
      ),
    }),
    async check({ collectParameters }, input) {
      const header = input.header.filter(([name]) => name !== "" && !/^realm$/i.test(name));
      const collected = await collectParameters({
        method: "POST",
        url: input.url.url,
        authorization: `OAuth realm="${input.realm.replace(/["\\]/g, "\\$&")}", ${[
          ...header,
          ["oauth_signature", "AAAA"] as const,
        ]
          .map(([name, value]) => `${encode(name)}="${encode(value)}"`)
          .join(", ")}`,
        contentType: input.contentType,
        body: input.form.spelling,
      });
      const expected = [...input.url.parameters, ...header, ...input.form.value];
      expectEqual(multiset(collected), multiset(expected));
    },
  }),
  property({
    id: "parameter-normalization/sorted-octets",
    section: "§3.4.1.3.2",
    statement:
      "Parameters are sorted by the octets of their encoded names, then of their encoded values.",
    needs: ["normalizeParameters"],
    inputs: parameters,
    async check({ normalizeParameters }, input) {
      expectEqual(await normalizeParameters(input), normalized(input), {
        step: "normalizeParameters",
        parameters: input,
      });
    },
  }),
  property({
    id: "parameter-normalization/order-free",
    section: "§3.4.1.3.2",
    statement: "The order in which parameters come does not matter.",
    needs: ["normalizeParameters"],
    inputs: shuffled(parameters),
    async check({ normalizeParameters }, { list, otherOrder }) {
      expectEqual(await normalizeParameters(otherOrder), await normalizeParameters(list));
    },
  }),
  property({
    id: "parameter-normalization/duplicates-kept",
    section: "§3.4.1.3.2",
    statement: "There are as many parameters afterwards as before.",
    needs: ["normalizeParameters"],
    inputs: fc
      .tuple(parameters, parameter)
      .map(([list, duplicate]) => [...list, duplicate, duplicate]),
    async check({ normalizeParameters }, input) {
      expectEqual((await normalizeParameters(input)).split("&").length, input.length);
    },
  }),
];

/** A list, and the same in another order. */
export function shuffled<T>(
  lists: fc.Arbitrary<readonly T[]>,
): fc.Arbitrary<{ list: readonly T[]; otherOrder: readonly T[] }> {
  return lists.chain((list) =>
    fc
      .shuffledSubarray([...list], { minLength: list.length })
      .map((otherOrder) => ({ list, otherOrder })),
  );
}

function multiset(parameters: readonly Parameter[]): string[] {
  return parameters.map((pair) => JSON.stringify(pair)).sort();
}
