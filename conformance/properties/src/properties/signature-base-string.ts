import fc from "fast-check";
import { change } from "../arbitraries/change.js";
import { octets } from "../arbitraries/octets.js";
import { parameters } from "../arbitraries/parameters.js";
import { request } from "../arbitraries/request.js";
import { spelledFormName, spelledFormValue } from "../arbitraries/spelling.js";
import { realm, text } from "../arbitraries/text.js";
import { withoutPlus } from "../arbitraries/url.js";
import { type Awaitable, type Parameter, Unsupported } from "../implementation.js";
import { expectEqual, expectThat, type Property, property } from "../property.js";
import { ProtocolError } from "../protocol-error.js";
import { baseString } from "../references/base-string.js";
import { encode } from "../references/encode.js";
import { shuffled } from "./parameters.js";

const inputOf = ({ method, url, protocolParameters, form }: Value<typeof request>) => ({
  method,
  url: url.url,
  parameters: protocolParameters,
  form,
});

/** The signature base string: RFC 5849 §3.4.1.1. */
export const signatureBaseStringProperties: readonly Property[] = [
  property({
    id: "signature-base-string/by-parts",
    section: "§3.4.1.1",
    statement:
      "It is the method, the base string URI and the normalized parameters, each encoded, joined by ampersands.",
    needs: ["signatureBaseString"],
    inputs: request,
    async check({ signatureBaseString }, input) {
      const { method, url, protocolParameters, form } = input;
      const all = [...url.parameters, ...protocolParameters, ...(form ?? [])];
      expectEqual(
        await signatureBaseString(inputOf(input)),
        baseString(method, url.baseStringUri, all),
        { step: "signatureBaseString", input: inputOf(input) },
      );
    },
  }),
  property({
    id: "signature-base-string/three-elements",
    section: "§3.4.1.1",
    statement: "It is ASCII and has exactly two raw ampersands.",
    needs: ["signatureBaseString"],
    inputs: request,
    async check({ signatureBaseString }, input) {
      const found = await signatureBaseString(inputOf(input));
      const holds = /^[A-Za-z0-9._~%-]+&[A-Za-z0-9._~%-]+&[A-Za-z0-9._~%-]*$/.test(found);
      expectThat(holds, found, "three elements of encoded text");
    },
  }),
  property({
    id: "signature-base-string/order-free",
    section: "§3.4.1.3.2",
    statement: "The order of query, form and protocol parameters does not matter.",
    needs: ["signatureBaseString"],
    inputs: fc.record({
      query: shuffled(parameters),
      form: shuffled(parameters),
      protocol: shuffled(request.map(({ protocolParameters }) => protocolParameters)),
    }),
    async check({ signatureBaseString }, { query, form, protocol }) {
      const found = (order: "list" | "otherOrder") =>
        signatureBaseString({
          method: "POST",
          url: withQuery(query[order]),
          parameters: protocol[order],
          form: form[order],
        });
      expectEqual(await found("otherOrder"), await found("list"));
    },
  }),
  property({
    id: "signature-base-string/duplicates-kept",
    section: "§3.4.1.3.2",
    statement: "A parameter that is in the query and in the form is there twice.",
    needs: ["signatureBaseString"],
    inputs: parameters,
    async check({ signatureBaseString }, list) {
      const found = await signatureBaseString({
        method: "POST",
        url: withQuery(list),
        parameters: [["oauth_nonce", "n"]],
        form: list,
      });
      const third = found.split("&")[2] ?? "";
      expectEqual(third.split("%26").length, 2 * list.length + 1);
    },
  }),
  property({
    id: "signature-base-string/query-or-form",
    section: "§3.4.1.3.1",
    statement: "Whether a parameter is in the query or in the form does not matter.",
    needs: ["signatureBaseString"],
    inputs: fc.record({ staying: parameters, moving: parameters }),
    async check({ signatureBaseString }, { staying, moving }) {
      const common = { method: "POST", parameters: [["oauth_nonce", "n"]] as Parameter[] };
      expectEqual(
        await signatureBaseString({
          ...common,
          url: withQuery(staying),
          form: moving,
        }),
        await signatureBaseString({
          ...common,
          url: withQuery([...staying, ...moving]),
          form: [],
        }),
      );
    },
  }),
  property({
    id: "signature-base-string/realm-not-signed",
    section: "§3.4.1.3.1",
    statement: "The realm of the header field never changes it.",
    needs: ["signatureBaseString"],
    inputs: fc.record({ request, realm }),
    async check({ signatureBaseString }, input) {
      const without = inputOf(input.request);
      const parametersWith: Parameter[] = [["realm", input.realm], ...without.parameters];
      expectEqual(
        await signatureBaseString({ ...without, parameters: parametersWith }),
        await signatureBaseString(without),
      );
    },
  }),
  property({
    id: "signature-base-string/signature-not-signed",
    section: "§3.4.1.3.1",
    statement: "oauth_signature never changes it.",
    needs: ["signatureBaseString"],
    inputs: fc.record({ request, signature: text }),
    async check({ signatureBaseString }, input) {
      const without = inputOf(input.request);
      const parametersWith: Parameter[] = [
        ...without.parameters,
        ["oauth_signature", input.signature],
      ];
      expectEqual(
        await signatureBaseString({ ...without, parameters: parametersWith }),
        await signatureBaseString(without),
      );
    },
  }),
  property({
    id: "signature-base-string/method-case",
    section: "§3.4.1.1",
    statement: "A lower-case method is signed in upper case or as it is, or it is rejected.",
    needs: ["signatureBaseString"],
    inputs: request,
    async check({ signatureBaseString }, input) {
      const upperCase = inputOf(input);
      const method = upperCase.method.toLowerCase();
      const found = await orRejected(() => signatureBaseString({ ...upperCase, method }));
      const right = await signatureBaseString(upperCase);
      const asItIs = `${method}${right.slice(method.length)}`;
      if (found !== undefined && found !== asItIs) expectEqual(found, right);
    },
  }),
  property({
    id: "signature-base-string/every-change-shows",
    section: "§3.4.1",
    statement: "A change of method, scheme, host, port, path, or of one parameter changes it.",
    needs: ["signatureBaseString"],
    inputs: change,
    async check({ signatureBaseString }, { before, after }) {
      const common = { parameters: [["oauth_nonce", "n"]] as Parameter[], form: null };
      const [first, second] = [
        await signatureBaseString({ ...before, ...common }),
        await signatureBaseString({ ...after, ...common }),
      ];
      expectThat(first !== second, second, "another signature base string than before");
    },
  }),
  property({
    id: "signature-base-string/octets-survive",
    level: "interoperability",
    section: "§3.4.1.3.1",
    statement: "Escaped octets of the query that are not UTF-8 are kept or rejected.",
    needs: ["signatureBaseString"],
    inputs: fc.record({ name: spelledFormName(octets), value: spelledFormValue(octets) }),
    async check({ signatureBaseString }, { name, value }) {
      const query = withoutPlus(`n${name.spelling}=${value.spelling}`);
      const found = await orRejected(() =>
        signatureBaseString({
          method: "GET",
          url: `http://example.com/?${query}`,
          parameters: [],
          form: null,
        }),
      );
      if (found === undefined) return;
      const normalized = `n${encode(name.value)}=${encode(value.value)}`;
      expectEqual(found, `GET&http%3A%2F%2Fexample.com%2F&${encode(normalized)}`);
    },
  }),
];

/** The result, or undefined if the input is rejected. */
async function orRejected(give: () => Awaitable<string>): Promise<string | undefined> {
  try {
    return await give();
  } catch (error) {
    if (error instanceof Unsupported || error instanceof ProtocolError) throw error;
    return undefined;
  }
}

type Value<A> = A extends fc.Arbitrary<infer T> ? T : never;

function withQuery(parameters: readonly Parameter[]): string {
  const pairs = parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return `http://example.com/request?${pairs.join("&")}`;
}
