import { createHash, createHmac } from "node:crypto";
import {
  AuthorizationHeaderError,
  parseAuthorizationHeader,
  parseChallenge,
} from "@oauth1/auth-header";
import { baseStringUri } from "@oauth1/base-string";
import { oauth1Implementation } from "@oauth1/conformance";
import {
  percentDecode,
  percentDecodeOctets,
  percentEncode,
  percentEncodeOctets,
} from "@oauth1/percent-encoding";
import {
  type Awaitable,
  type BaseStringInput,
  type HeaderContents,
  type Implementation,
  type Parameter,
  type ReceivedRequest,
  type SignatureInput,
  type SignInput,
  type SignOutput,
  stepOf,
  Unsupported,
  type VerificationInput,
} from "@oauth1/properties";
import { findSignatureMethod } from "@oauth1/signature-methods/registry";

/** RSA is not split into steps, because mutants make their mistakes before or after it. */
const ours = oauth1Implementation();

/** Name and value, both encoded. */
export type EncodedPair = readonly [name: string, value: string];

/** The places of a request's parameters: decoded in the header, encoded elsewhere. */
export interface Places {
  readonly header: readonly Parameter[];
  readonly query: readonly EncodedPair[];
  readonly form: readonly EncodedPair[];
}

/** What a server knows about a received request before it checks the signature. */
export interface Received {
  readonly request: ReceivedRequest;
  readonly places: Places;
  readonly isForm: boolean;
  /** Parameters of the header, the query and the form, decoded. Empty lists are omitted. */
  readonly found: readonly (readonly Parameter[])[];
  readonly protocol: ReadonlyMap<string, string>;
}

/**
 * The steps of a signer and verifier. Each calls the others through this object, so that one
 * can be replaced.
 */
export interface Steps {
  encode(input: string | Uint8Array): string;
  decode(encoded: string): string;
  decodeOctets(encoded: string): Uint8Array;
  normalizeEncoding(encoded: string, plus: "space" | "literal"): string;

  baseStringUri(url: string): string;
  queryOf(url: string): string;
  pieces(form: string): readonly string[];
  split(piece: string): readonly [name: string, value: string];
  formPairs(form: string): readonly EncodedPair[];
  queryPairs(url: string): readonly EncodedPair[];
  /** The signed ones of the protocol parameters. */
  isSignedOfHeader(name: string): boolean;
  /** Returns true for a signed parameter of the query or the form, by its encoded name. */
  isSignedElsewhere(encodedName: string): boolean;
  pairs(input: BaseStringInput): readonly EncodedPair[];
  compare(a: EncodedPair, b: EncodedPair): number;
  normalize(pairs: readonly EncodedPair[]): string;
  method(method: string): string;
  join(method: string, uri: string, normalized: string): string;
  baseString(input: BaseStringInput): string;

  key(clientSharedSecret: string, tokenSharedSecret: string): string;
  hashOf(signatureMethod: string): string;
  hmac(hash: string, key: string, text: string): string;
  signature(input: SignatureInput): Awaitable<string>;
  isSame(received: string, right: string): boolean;
  verifySignature(input: VerificationInput): Awaitable<boolean>;
  bodyHash(body: Uint8Array, hash: string): string;

  quoted(realm: string): string;
  writeHeader(contents: HeaderContents): string;
  readHeader(header: string, unquoted: boolean): HeaderContents;
  readChallenge(header: string): HeaderContents;
  protocolParameters(input: SignInput): readonly Parameter[];
  /** The signed part of the form, and of the body. */
  formToSign(input: SignInput): readonly Parameter[] | null;
  formText(parameters: readonly Parameter[]): string;
  appendToQuery(url: string, query: string): string;
  transmit(input: SignInput, parameters: readonly Parameter[]): SignOutput;
  sign(input: SignInput): Promise<SignOutput>;

  headerField(request: Pick<ReceivedRequest, "headers">, name: string): string | undefined;
  isForm(contentType: string | null | undefined): boolean;
  isOAuth(header: string): boolean;
  placesOf(url: string, authorization: string | null, form: string | null): Places;
  /** The problem of a received request, except those of its signature and body hash. */
  problems: readonly ((received: Received) => string | false)[];
  baseStringOf(received: Received): string;
  verify(request: ReceivedRequest): Promise<{ valid: boolean; problem?: string }>;
}

/** A mistake: wrong versions of some steps, made from the right ones. */
export type Mistake = (right: Readonly<Steps>) => Partial<Steps>;

/**
 * A signer and verifier that performs one step after the other with our primitives. With a
 * mistake, everything that uses the replaced step is wrong.
 */
export function stepwise(name: string, mistake: Mistake = () => ({})): Implementation {
  const steps = {} as Steps;
  const right = rightSteps(steps);
  Object.assign(steps, right, mistake(right));
  return {
    name,
    version: "1",
    language: "TypeScript",
    transmissions: ["header", "form-body", "query"],
    exactHeaders: true,
    headerError: AuthorizationHeaderError,
    percentEncode: (input) => steps.encode(input),
    percentDecode: (encoded) => steps.decode(encoded),
    percentDecodeOctets: (encoded) => steps.decodeOctets(encoded),
    normalizePercentEncoding: (encoded, plus) => steps.normalizeEncoding(encoded, plus),
    baseStringUri: (url) => steps.baseStringUri(url),
    collectParameters({ url, authorization, contentType, body }) {
      steps.baseStringUri(url);
      const form = body !== null && steps.isForm(contentType) ? body : null;
      const { header, query, form: inForm } = steps.placesOf(url, authorization, form);
      const decoded = [...query, ...inForm]
        .filter(([encodedName]) => steps.isSignedElsewhere(encodedName))
        .map((pair) => pair.map(percentDecode) as unknown as Parameter);
      return [...header.filter(([own]) => steps.isSignedOfHeader(own)), ...decoded];
    },
    normalizeParameters: (parameters) => steps.normalize(encodedPairs(steps, parameters)),
    signatureBaseString: (input) => steps.baseString(input),
    signature: (input) => steps.signature(input),
    verifySignature: (input) => steps.verifySignature(input),
    bodyHash: ({ body, hash }) => steps.bodyHash(body, hash),
    serializeAuthorizationHeader: (contents) => steps.writeHeader(contents),
    parseAuthorizationHeader: ({ header, unquoted }) => steps.readHeader(header, unquoted),
    serializeChallenge: (contents) => steps.writeHeader(contents),
    parseChallenge: ({ header }) => steps.readChallenge(header),
    sign: (input) => steps.sign(input),
    verify: (request) => steps.verify(request),
  };
}

/** Decoded parameters, encoded. */
export function encodedPairs(
  steps: Pick<Steps, "encode">,
  parameters: readonly Parameter[],
): EncodedPair[] {
  return parameters.map(([name, value]) => [steps.encode(name), steps.encode(value)]);
}

function rightSteps(steps: Steps): Steps {
  return {
    // RFC 5849 §3.6.
    encode: (input) =>
      typeof input === "string" ? percentEncode(input) : percentEncodeOctets(input),
    decode: percentDecode,
    decodeOctets: percentDecodeOctets,
    normalizeEncoding: (encoded, plus) =>
      steps.encode(steps.decodeOctets(encoded.replaceAll("+", plus === "space" ? "%20" : "%2B"))),

    // RFC 5849 §3.4.1.2, §3.4.1.3.
    baseStringUri: (url) => baseStringUri(url),
    queryOf: (url) => /^[^?#]*\?([^#]*)/.exec(url)?.[1] ?? "",
    pieces: (form) => form.split("&").filter((piece) => piece !== ""),
    split(piece) {
      const [, name = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(piece) ?? [];
      return [name, value];
    },
    formPairs: (form) =>
      steps
        .pieces(form)
        .map((piece) =>
          steps.split(piece).map((part) => steps.normalizeEncoding(part, "space")),
        ) as unknown as EncodedPair[],
    queryPairs: (url) => steps.formPairs(steps.queryOf(url)),
    isSignedOfHeader: (name) => name !== "realm" && name !== "oauth_signature",
    isSignedElsewhere: (encodedName) => encodedName !== "oauth_signature",
    pairs: ({ url, parameters, form }) => [
      ...steps.queryPairs(url).filter(([name]) => steps.isSignedElsewhere(name)),
      ...encodedPairs(
        steps,
        parameters.filter(([name]) => steps.isSignedOfHeader(name)),
      ),
      ...encodedPairs(steps, form ?? []).filter(([name]) => steps.isSignedElsewhere(name)),
    ],
    compare: (a, b) => order(a[0], b[0]) || order(a[1], b[1]),
    normalize: (pairs) =>
      [...pairs]
        .sort(steps.compare)
        .map((pair) => pair.join("="))
        .join("&"),
    // RFC 5849 §3.4.1.1, RFC 9110 §9.1.
    method(method) {
      if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) throw new RangeError("no HTTP token");
      return method.toUpperCase();
    },
    join: (...elements) => elements.map((element) => steps.encode(element)).join("&"),
    baseString: (input) =>
      steps.join(
        steps.method(input.method),
        steps.baseStringUri(input.url),
        steps.normalize(steps.pairs(input)),
      ),

    // RFC 5849 §3.4.2 to §3.4.4.
    key: (client, token) => `${steps.encode(client)}&${steps.encode(token)}`,
    hashOf: (signatureMethod) => signatureMethod.slice(signatureMethod.indexOf("SHA")),
    hmac: (hash, key, text) =>
      createHmac(hash.toLowerCase(), key).update(text, "utf8").digest("base64"),
    signature(input) {
      const { baseString, clientSharedSecret, tokenSharedSecret, signatureMethod } = input;
      const method = findSignatureMethod(signatureMethod);
      if (method === undefined) throw new Unsupported(signatureMethod);
      const hash = steps.hashOf(signatureMethod);
      if (method.keyType === "rsa") {
        return stepOf(ours, "signature")({ ...input, signatureMethod: `RSA-${hash}` });
      }
      const key = steps.key(clientSharedSecret, tokenSharedSecret);
      return method.hash === undefined ? key : steps.hmac(hash, key, baseString);
    },
    isSame: (received, right) => received === right,
    async verifySignature(input) {
      const { signatureMethod, signature } = input;
      return findSignatureMethod(signatureMethod)?.keyType === "rsa"
        ? stepOf(ours, "verifySignature")(input)
        : steps.isSame(signature, await steps.signature(input));
    },
    bodyHash: (body, hash) =>
      createHash(hash.replace("-", "").toLowerCase()).update(body).digest("base64"),

    // RFC 5849 §3.5.
    quoted(realm) {
      if (/[^\t -~]/.test(realm)) throw new RangeError("no quoted-string");
      return `"${realm.replace(/["\\]/g, "\\$&")}"`;
    },
    writeHeader({ realm, parameters }) {
      const fields = encodedPairs(steps, parameters).map(([name, value]) => `${name}="${value}"`);
      if (realm !== null) fields.unshift(`realm=${steps.quoted(realm)}`);
      return fields.length === 0 ? "OAuth" : `OAuth ${fields.join(", ")}`;
    },
    readHeader: (header, unquoted) => contents(parseAuthorizationHeader(header, { unquoted })),
    readChallenge: (header) => contents(parseChallenge(header)),
    protocolParameters({ client, token, ...input }) {
      const named = (name: string, value: string | null): Parameter[] =>
        value === null ? [] : [[name, value]];
      return [
        ["oauth_consumer_key", client.identifier],
        ...named("oauth_token", token === null ? null : token.identifier),
        ["oauth_signature_method", input.signatureMethod],
        ["oauth_timestamp", input.timestamp],
        ["oauth_nonce", input.nonce],
        ...named("oauth_version", input.version),
        ...named("oauth_callback", input.callback),
        ...named("oauth_verifier", input.verifier),
      ];
    },
    formToSign: ({ form }) => form,
    formText: (parameters) =>
      encodedPairs(steps, parameters)
        .map((pair) => pair.join("="))
        .join("&"),
    appendToQuery(url, query) {
      const [, beforeFragment = "", fragment = ""] = /^([^#]*)(.*)$/s.exec(url) ?? [];
      const separator = !beforeFragment.includes("?")
        ? "?"
        : beforeFragment.endsWith("&")
          ? ""
          : "&";
      const isBare = /^[^?]*\?$/.test(beforeFragment);
      return `${beforeFragment}${isBare ? "" : separator}${query}${fragment}`;
    },
    transmit(input, parameters) {
      switch (input.transmission) {
        case "header":
          return { authorization: steps.writeHeader({ realm: input.realm, parameters }) };
        case "query":
          return { url: steps.appendToQuery(input.url, steps.formText(parameters)) };
        default:
          return { body: steps.formText([...(input.form ?? []), ...parameters]) };
      }
    },
    async sign(input) {
      const { client, token, signatureMethod, method, url } = input;
      const parameters = steps.protocolParameters(input);
      const form = steps.formToSign(input);
      const baseString = steps.baseString({ method, url, parameters, form });
      const signature = await steps.signature({
        baseString,
        clientSharedSecret: client.sharedSecret,
        tokenSharedSecret: token?.sharedSecret ?? "",
        signatureMethod,
        privateKey: client.privateKey,
      });
      const carried = [...parameters, ["oauth_signature", signature] as const];
      return { ...steps.transmit(input, carried), baseString, signature };
    },

    // RFC 5849 §3.2.
    headerField({ headers }, name) {
      const values = headers.filter(([own]) => own.toLowerCase() === name);
      return values.length === 0 ? undefined : values.map(([, value]) => value).join(", ");
    },
    isForm: (contentType) =>
      /^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? ""),
    isOAuth: (header) => /^OAuth(?=[ \t\r\n]|$)/i.test(header),
    placesOf: (url, authorization, form) => ({
      header:
        authorization !== null && steps.isOAuth(authorization)
          ? steps.readHeader(authorization, false).parameters
          : [],
      query: steps.queryPairs(url),
      form: form === null ? [] : steps.formPairs(form),
    }),
    problems: [
      ({ found, protocol }) =>
        (found.length > 1 || protocol.size < (found[0]?.length ?? 0)) && "parameter_rejected",
      ({ protocol }) => {
        const method = findSignatureMethod(protocol.get("oauth_signature_method") ?? "");
        const always = ["oauth_consumer_key", "oauth_signature_method", "oauth_signature"];
        const fresh = method?.requiresNonce === false ? [] : ["oauth_timestamp", "oauth_nonce"];
        return !always.concat(fresh).every((name) => protocol.has(name)) && "parameter_absent";
      },
      ({ protocol }) => (protocol.get("oauth_version") ?? "1.0") !== "1.0" && "version_rejected",
      ({ request, protocol }) =>
        request.signatureMethods?.includes(protocol.get("oauth_signature_method") ?? "") ===
          false && "signature_method_rejected",
      ({ protocol }) =>
        !/^0*[1-9][0-9]*$/.test(protocol.get("oauth_timestamp") ?? "1") && "timestamp_refused",
      ({ protocol, isForm }) => isForm && protocol.has("oauth_body_hash") && "parameter_rejected",
      ({ protocol, request }) => {
        const received = protocol.get("oauth_body_hash");
        if (received === undefined) return false;
        const hash = steps.hashOf(protocol.get("oauth_signature_method") ?? "");
        const body = Buffer.from(request.body ?? "", "base64");
        return received !== steps.bodyHash(body, hash) && "signature_invalid";
      },
    ],
    baseStringOf: ({ request: { method, url }, places }) =>
      steps.baseString({
        method,
        url,
        parameters: places.header,
        form: places.form.map((pair) => pair.map(percentDecode) as unknown as Parameter),
      }),
    async verify(request) {
      let received: Received;
      try {
        received = receive(steps, request);
      } catch {
        return { valid: false, problem: "parameter_rejected" };
      }
      for (const problemOf of steps.problems) {
        const problem = problemOf(received);
        if (problem !== false) return { valid: false, problem };
      }
      const { protocol } = received;
      const isRight = await steps.verifySignature({
        ...request,
        baseString: steps.baseStringOf(received),
        signatureMethod: protocol.get("oauth_signature_method") ?? "",
        signature: protocol.get("oauth_signature") ?? "",
      });
      return isRight ? { valid: true } : { valid: false, problem: "signature_invalid" };
    },
  };
}

function receive(steps: Steps, request: ReceivedRequest): Received {
  const isForm = steps.isForm(steps.headerField(request, "content-type"));
  const form = isForm ? Buffer.from(request.body ?? "", "base64").toString("latin1") : null;
  const authorization = steps.headerField(request, "authorization") ?? null;
  const places = steps.placesOf(request.url, authorization, form);
  const decoded = (pairs: readonly EncodedPair[]): Parameter[] =>
    pairs
      .filter(([name]) => name.startsWith("oauth_"))
      .map((pair) => pair.map(percentDecode) as unknown as Parameter);
  const found = [
    places.header.filter(([name]) => name.startsWith("oauth_")),
    decoded(places.query),
    decoded(places.form),
  ].filter((list) => list.length > 0);
  return { request, places, isForm, found, protocol: new Map(found.flat().reverse()) };
}

function contents(read: ReturnType<typeof parseAuthorizationHeader>): HeaderContents {
  return { realm: read.realm ?? null, parameters: read.parameters };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
