import { parseAuthorizationHeader } from "@oauth1/auth-header";
import type { Parameter, Transmission } from "@oauth1/base-string";
import { isFormContentType } from "@oauth1/base-string/entity-body";
import { parseRequestUri, requestParameters } from "@oauth1/base-string/steps";
import { percentDecode } from "@oauth1/percent-encoding";
import { signatureMethodNames } from "@oauth1/signature-methods/registry";
import { fieldValue, type RequestText } from "../request/read-request.js";
import type { PlaygroundInput } from "./explain-signature.js";

/** A signed request, split into the fields of the page. */
export interface PastedSignature {
  /** The values of the protocol parameters, and the request without them. */
  readonly fields: Pick<
    PlaygroundInput,
    | "request"
    | "clientIdentifier"
    | "tokenIdentifier"
    | "signatureMethod"
    | "transmission"
    | "realm"
    | "timestamp"
    | "nonce"
    | "hasVersion"
    | "further"
  >;
  /** The value of `oauth_signature`. */
  readonly signature: string;
  /** Why this page cannot reproduce the client's signature. */
  readonly obstacles: readonly string[];
}

/**
 * Removes the protocol parameters (RFC 5849 §3.5) from a request: header, form body or query.
 * Returns `undefined` for a request without `oauth_signature`.
 *
 * @throws AuthorizationHeaderError for a header that is not well-formed.
 * @throws PercentEncodingError for a query, a form or a parameter with a broken escape.
 */
export function pastedSignature(request: RequestText): PastedSignature | undefined {
  const places = [fromHeader(request), fromForm(request), fromQuery(request)].filter(
    ({ parameters }) => parameters.length > 0,
  );
  const parameters = places.flatMap((place) => place.parameters);
  const values = new Map(parameters);
  const signature = values.get("oauth_signature");
  const [first] = places;
  if (signature === undefined || first === undefined) return undefined;

  const value = (name: string) => values.get(name) ?? "";
  const further = parameters.filter(
    ([name, text]) => !OWN_FIELDS.has(name) || (name === "oauth_token" && text === ""),
  );
  const version = values.get("oauth_version");
  const method = value("oauth_signature_method");
  const obstacles = [
    ...(places.length > 1 ? ["it has protocol parameters in several places"] : []),
    ...(values.size < parameters.length ? ["it repeats a protocol parameter"] : []),
    ...["oauth_consumer_key", "oauth_nonce", "oauth_timestamp"]
      .filter((name) => value(name) === "")
      .map((name) => `it has no ${name}`),
    ...(signatureMethodNames.includes(method) ? [] : ["its signature method is unknown"]),
    ...(version === undefined || version === "1.0" ? [] : ["its oauth_version is not 1.0"]),
    ...(further.every(([name]) => name.startsWith("oauth_"))
      ? []
      : ["its Authorization header has a parameter whose name does not begin with oauth_"]),
  ];
  return {
    fields: {
      request: {
        ...request,
        url: withoutProtocolQuery(request.url),
        headers: request.headers.filter(
          ([name]) => first.transmission !== "header" || !/^authorization$/i.test(name),
        ),
        body: isForm(request) ? ownPieces(request.body, formNames(request)) : request.body,
      },
      clientIdentifier: value("oauth_consumer_key"),
      tokenIdentifier: value("oauth_token"),
      signatureMethod: signatureMethodNames.includes(method)
        ? method
        : (signatureMethodNames[0] as string),
      transmission: first.transmission,
      realm: first.realm ?? "",
      timestamp: value("oauth_timestamp"),
      nonce: value("oauth_nonce"),
      hasVersion: version !== undefined,
      further: further.filter(([name]) => name.startsWith("oauth_")),
    },
    signature,
    obstacles,
  };
}

/** Protocol parameters that have a field of their own on the page. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  "oauth_consumer_key",
  "oauth_token",
  "oauth_signature_method",
  "oauth_signature",
  "oauth_timestamp",
  "oauth_nonce",
  "oauth_version",
]);

interface Place {
  readonly transmission: Transmission;
  readonly parameters: readonly Parameter[];
  readonly realm?: string | undefined;
}

/** RFC 5849 §3.5.1. */
function fromHeader(request: RequestText): Place {
  const value = fieldValue(request, "authorization") ?? "";
  if (!/^OAuth(?![^ \t])/i.test(value)) return { transmission: "header", parameters: [] };
  const { realm, parameters } = parseAuthorizationHeader(value, { unquoted: true });
  return { transmission: "header", parameters, realm };
}

/** RFC 5849 §3.5.2. */
function fromForm(request: RequestText): Place {
  const parameters = isForm(request) ? requestParameters({ url: NOWHERE, body: request.body }) : [];
  return { transmission: "form-body", parameters: decodedProtocol(parameters) };
}

/** RFC 5849 §3.5.3. A header without its request has no URL. */
function fromQuery({ url }: RequestText): Place {
  const parameters = url === "" ? [] : requestParameters({ url });
  return { transmission: "query", parameters: decodedProtocol(parameters) };
}

function decodedProtocol(parameters: ReturnType<typeof requestParameters>): Parameter[] {
  return parameters
    .filter(({ encodedName }) => isProtocol(encodedName))
    .map(({ encodedName, encodedValue }) => [
      percentDecode(encodedName),
      percentDecode(encodedValue),
    ]);
}

function isProtocol(encodedName: string): boolean {
  return encodedName.startsWith("oauth_");
}

function isForm(request: RequestText): boolean {
  return isFormContentType(fieldValue(request, "content-type"));
}

function formNames({ body }: RequestText): string[] {
  return requestParameters({ url: NOWHERE, body }).map(({ encodedName }) => encodedName);
}

function withoutProtocolQuery(url: string): string {
  if (url === "") return url;
  const { query, queryIndex } = parseRequestUri(url);
  const names = requestParameters({ url }).map(({ encodedName }) => encodedName);
  if (!names.some(isProtocol)) return url;
  const own = ownPieces(query, names);
  return `${url.slice(0, queryIndex - 1)}${own === "" ? "" : `?${own}`}`;
}

/** The pieces of a query or a form, as they are spelled, without the protocol parameters. */
function ownPieces(text: string, names: readonly string[]): string {
  if (!names.some(isProtocol)) return text;
  return text
    .split("&")
    .filter((piece) => piece !== "")
    .filter((_, index) => !isProtocol(names[index] ?? ""))
    .join("&");
}

const NOWHERE = { baseStringUri: "", query: "", queryIndex: 0 };
