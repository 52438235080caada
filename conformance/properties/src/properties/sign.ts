import { isDeepStrictEqual } from "node:util";
import { findSignatureMethod, signatureMethodNames } from "@oauth1/signature-methods/registry";
import fc from "fast-check";
import { protocolParametersOf, type RequestToSign, requestToSign } from "../arbitraries/request.js";
import {
  type Implementation,
  type SignInput,
  type SignOutput,
  Unsupported,
} from "../implementation.js";
import { expectEqual, type Property, PropertyViolation, property } from "../property.js";
import { baseString } from "../references/base-string.js";
import { PRIVATE_KEY } from "../references/rsa-key.js";
import { signatureOf } from "../references/signature.js";
import type { RightlySigned } from "../sent.js";
import { asReceived, carried, signedAsAsked } from "../signed-request.js";

const allTransmissions = ["header", "query", "form-body"] as const;

/** One of the transmissions that an implementation supports. */
function transmission({ transmissions }: Implementation): fc.Arbitrary<string> {
  return fc.constantFrom(...known(allTransmissions, transmissions));
}

/** One of its signature methods except the default, with which the other properties sign. */
function otherMethod({ signatureMethods }: Implementation): fc.Arbitrary<string> {
  return fc.constantFrom(...known(signatureMethodNames.slice(1), signatureMethods));
}

/**
 * The supported ones of these; all of them if the implementation does not say, or supports
 * none.
 */
function known(all: readonly string[], its: readonly string[] | undefined): readonly string[] {
  const found = all.filter((name) => its?.includes(name) ?? true);
  return found.length === 0 ? all : found;
}

function signsByKey(signatureMethod: string): boolean {
  return findSignatureMethod(signatureMethod)?.keyType === "rsa";
}

/** Signed requests: RFC 5849 §3.1 and §3.5. */
export const signProperties: readonly Property[] = [
  property({
    id: "sign/by-parts",
    section: "§3.4",
    statement:
      "The signature follows from the request's parts by node:crypto, and every transmission carries it with the parameters that were asked for.",
    needs: ["sign"],
    inputs: (implementation) =>
      fc.record({ request: requestToSign, transmission: transmission(implementation) }),
    async check({ sign }, { request, transmission: place }, implementation) {
      const input = inputOf(request, place);
      expectSigned(await sign(input), rightly(request), input, implementation);
    },
  }),
  property({
    id: "sign/signature-methods",
    section: "§3.4",
    statement: "The same holds for every other signature method that the implementation knows.",
    needs: ["sign"],
    // RSA is slow.
    share: 0.5,
    inputs: (implementation) =>
      fc.record({
        request: requestToSign,
        transmission: transmission(implementation),
        signatureMethod: otherMethod(implementation),
      }),
    async check({ sign }, { request, transmission: place, signatureMethod }, implementation) {
      const { url, input: hmacSha1Input } = request;
      const privateKey = signsByKey(signatureMethod) ? { privateKey: PRIVATE_KEY } : {};
      const client = { ...hmacSha1Input.client, ...privateKey };
      const its = { url, input: { ...hmacSha1Input, client, signatureMethod } };
      const input = inputOf(its, place);
      expectSigned(await sign(input), rightly(its), input, implementation);
    },
  }),
  property({
    id: "sign/transmission-not-signed",
    section: "§3.5",
    statement: "All transmissions carry the same signature.",
    needs: ["sign"],
    inputs: fc.record({
      request: requestToSign,
      transmission: fc.constantFrom("query", "form-body"),
    }),
    async check({ sign }, { request, transmission: place }, { ownNonce, ownTimestamp }) {
      if (ownNonce || ownTimestamp) throw new Unsupported("no two signatures are of one request");
      const input = inputOf(request, place);
      const found = carriedSignature(await sign(input), input);
      const header = { ...input, transmission: "header" };
      expectEqual(found, carriedSignature(await sign(header), header));
    },
  }),
  property({
    id: "sign/verifies",
    section: "§3.2",
    statement: "A request that was signed verifies as it is received, and not with another method.",
    needs: ["sign", "verify"],
    inputs: (implementation) =>
      fc.record({ request: requestToSign, transmission: transmission(implementation) }),
    async check({ sign, verify }, { request: toSign, transmission: place }) {
      const input = inputOf(toSign, place);
      const output = await sign(input);
      const request = asReceived(input, output);
      const received = {
        ...request,
        // A fragment is not sent (RFC 9110 §7.1).
        url: request.url.replace(/#.*$/s, ""),
        clientSharedSecret: input.client.sharedSecret,
        tokenSharedSecret: input.token?.sharedSecret ?? "",
      };
      expectEqual((await verify(received)).valid, true);
      const method = input.method === "DELETE" ? "GET" : "DELETE";
      expectEqual((await verify({ ...received, method })).valid, false);
    },
  }),
];

/** @throws PropertyViolation if the request is not signed correctly. */
function expectSigned(
  output: SignOutput,
  rightAsAsked: RightlySigned,
  input: SignInput,
  implementation: Implementation,
): void {
  const { received, expected, right } = signedAsAsked(output, rightAsAsked, input, implementation);
  if (!isDeepStrictEqual(received, expected)) {
    // The base string is shown even if the implementation does not report its own.
    const asked = { step: "sign", input, output } as const;
    throw new PropertyViolation(received, { ...expected, ...right }, asked);
  }
}

function inputOf(request: RequestToSign, place: string): SignInput {
  // Protocol parameters in a form body need a method that can have a body (§3.5.2).
  if (place === "form-body") fc.pre(/^(POST|PUT|PATCH)$/.test(request.input.method));
  return { ...request.input, transmission: place };
}

function rightly({ url, input }: RequestToSign): RightlySigned {
  const parameters = [...url.parameters, ...protocolParametersOf(input), ...(input.form ?? [])];
  const text = baseString(input.method, url.baseStringUri, parameters);
  const signature = signatureOf(text, input.signatureMethod, {
    clientSharedSecret: input.client.sharedSecret,
    tokenSharedSecret: input.token?.sharedSecret ?? "",
    privateKey: input.client.privateKey,
  });
  if (signature === undefined) throw new RangeError(`no reference of ${input.signatureMethod}`);
  return { baseString: text, signature };
}

/** The signature in header, URL or form body. Some implementations only compute it. */
function carriedSignature(output: SignOutput, input: SignInput): string | undefined {
  const part = carried(output, input);
  if (part === undefined) throw new Unsupported(`nothing carries the ${input.transmission}`);
  return part.parameters.find(([name]) => name === "oauth_signature")?.[1];
}
