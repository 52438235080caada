import { AuthorizationHeaderError, parseAuthorizationHeader } from "@oauth1/auth-header";
import { BaseStringError, type Parameter } from "@oauth1/base-string";
import {
  formText,
  isFormContentType,
  type MediaType,
  parseMediaType,
} from "@oauth1/base-string/entity-body";
import { parseRequestUri, requestParameters } from "@oauth1/base-string/steps";
import { PercentEncodingError, percentDecode, percentEncode } from "@oauth1/percent-encoding";
import type { ReceivedRequest } from "@oauth1/verifier";
import type { SignedParameter } from "./signer/draft.js";

/** Where protocol parameters are transmitted (RFC 5849 §3.5). */
export type Place = "header" | "form-body" | "query";

/** A request, read as far as possible. What cannot be read is kept as an error for the rules. */
export interface Reading {
  readonly method: string;
  readonly url: string;
  /** All values of a header field, by its lower-case name. */
  fields(this: void, lowerCaseName: string): readonly string[];
  readonly octetsOfBody: Uint8Array;
  /** The body, in which octets outside ASCII are escaped. */
  readonly bodyText: string;
  readonly contentTypes: readonly string[];
  readonly mediaType: MediaType | undefined;
  readonly isForm: boolean;

  /** The right base string URI, if there is one. */
  readonly baseStringUri: string | undefined;
  /** The query as it is sent, and the same without protocol parameters. */
  readonly query: string;
  readonly ownQuery: string;
  readonly realm: string | undefined;
  /** The protocol parameters, decoded, wherever they are. */
  readonly protocol: readonly (readonly [...Parameter, place: Place])[];
  /** The first value of a protocol parameter. */
  value(this: void, name: string): string | undefined;
  /** The parameters that a right signature covers (§3.4.1.3.1). */
  readonly parameters: readonly SignedParameter[];

  readonly errors: ReadingErrors;
}

/** The parts that could not be read. */
export interface ReadingErrors {
  readonly url?: BaseStringError;
  readonly header?: AuthorizationHeaderError;
  readonly query?: PercentEncodingError;
  readonly form?: PercentEncodingError;
  /** A protocol parameter of query or form that is not UTF-8. */
  readonly protocol?: PercentEncodingError;
}

/** Reads a received request. */
export function readRequest(request: ReceivedRequest): Reading {
  const { method, url } = request;
  const errors: { -readonly [Name in keyof ReadingErrors]: ReadingErrors[Name] } = {};
  const fields = fieldsOf(request.headers);
  const octetsOfBody = octetsOf(request.body);
  const bodyText = formText(octetsOfBody);
  const contentTypes = fields("content-type");
  const mediaType = parseMediaType(contentTypes[0] ?? "");
  const isForm = mediaType
    ? mediaType.essence === "application/x-www-form-urlencoded"
    : isFormContentType(contentTypes[0]);

  const uri = attempt(BaseStringError, "url", () => parseRequestUri(url));
  const query = uri?.query ?? "";
  const nowhere = { baseStringUri: "", query: "", queryIndex: 0 };
  const inQuery = attempt(PercentEncodingError, "query", () =>
    withSpelling(requestParameters({ url: uri ?? nowhere }), query),
  );
  const inForm = attempt(PercentEncodingError, "form", () =>
    isForm ? withSpelling(requestParameters({ url: nowhere, body: bodyText }), bodyText) : [],
  );

  const [authorization = ""] = fields("authorization");
  const header = isOAuth(authorization)
    ? attempt(AuthorizationHeaderError, "header", () => parseAuthorizationHeader(authorization))
    : undefined;
  const inHeader = header?.parameters ?? [];

  const elsewhere = [...(inQuery ?? []), ...(inForm ?? [])];
  const protocol = [
    ...inHeader.map(([name, value]) => [name, value, "header"] as const),
    ...elsewhere
      .filter(({ isProtocol }) => isProtocol)
      .flatMap(({ name, value, source }) => {
        const decoded = attempt(
          PercentEncodingError,
          "protocol",
          () => [percentDecode(name), percentDecode(value)] as const,
        );
        const place: Place = source === "query" ? "query" : "form-body";
        return decoded === undefined ? [] : [[...decoded, place] as const];
      }),
  ];
  const signed: SignedParameter[] = [
    ...elsewhere,
    ...inHeader.map(([name, value]) => ({
      name: percentEncode(name),
      value: percentEncode(value),
      source: "protocol" as const,
      isProtocol: true,
    })),
  ];

  const values = new Map<string, string>();
  for (const [name, value] of protocol) if (!values.has(name)) values.set(name, value);

  return {
    method,
    url,
    fields,
    octetsOfBody,
    bodyText,
    contentTypes,
    mediaType,
    isForm,
    baseStringUri: uri?.baseStringUri,
    query,
    ownQuery: query
      .split("&")
      .filter((piece) => !piece.startsWith("oauth_"))
      .join("&"),
    realm: header?.realm,
    protocol,
    value: (name) => values.get(name),
    parameters: signed.filter(({ name }) => name !== "oauth_signature"),
    errors,
  };

  function attempt<Value, Name extends keyof ReadingErrors>(
    type: new (...parameters: never[]) => NonNullable<ReadingErrors[Name]>,
    name: Name,
    read: () => Value,
  ): Value | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof type)) throw error;
      errors[name] = error as (typeof errors)[Name];
      return undefined;
    }
  }
}

/** Returns true if a header is of the `OAuth` scheme. Other schemes are ignored. */
function isOAuth(authorization: string): boolean {
  return /^[ \t]*OAuth(?![^ \t\r\n])/i.test(authorization);
}

function fieldsOf(headers: ReceivedRequest["headers"]): Reading["fields"] {
  const byName = new Map<string, string[]>();
  const pairs: Iterable<readonly [string, string | readonly string[] | undefined]> =
    headers !== undefined && Symbol.iterator in headers ? headers : Object.entries(headers ?? {});
  for (const [name, value] of pairs) {
    if (value === undefined) continue;
    const lowerCaseName = name.toLowerCase();
    const values = byName.get(lowerCaseName) ?? [];
    byName.set(lowerCaseName, values);
    for (const one of typeof value === "string" ? [value] : value) values.push(one);
  }
  return (lowerCaseName) => byName.get(lowerCaseName) ?? [];
}

function octetsOf(body: ReceivedRequest["body"]): Uint8Array {
  return typeof body === "string" ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
}

/** Adds to each parameter its spelling in the query or the form. */
function withSpelling(
  parameters: ReturnType<typeof requestParameters>,
  form: string,
): SignedParameter[] {
  const pieces = form.split("&").filter((piece) => piece !== "");
  return parameters.map(({ encodedName, encodedValue, source }, index) => {
    const piece = pieces[index] ?? "";
    const equals = piece.indexOf("=");
    return {
      name: encodedName,
      value: encodedValue,
      source,
      // RFC 5849 §3.1: the prefix is for protocol parameters.
      isProtocol: encodedName.startsWith("oauth_"),
      spelled: equals < 0 ? [piece, ""] : [piece.slice(0, equals), piece.slice(equals + 1)],
      isBare: equals < 0,
    };
  });
}
