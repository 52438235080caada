import { isFormContentType } from "@oauth1/base-string/entity-body";
import type { SignOptions } from "@oauth1/signer";
import { type AnySigner, signRequest } from "./sign-request.js";

/** A request that an HTTP client of Node is about to send. */
export interface OutgoingRequest {
  readonly method: string;
  /** The absolute URL, as it is sent. */
  readonly url: string;
  readonly fields: Fields;
  /** Text, bytes, `URLSearchParams`, or a body that only the client can read. */
  readonly body: unknown;
}

/** Headers with their values. A name can appear more than once. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** The changes that signing makes to a request. */
export interface SignedOutgoingRequest {
  readonly url: string;
  /** The request-target: path and query. */
  readonly target: string;
  /** `Authorization` and `Content-Type`, if they must be added. */
  readonly added: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * Signs what an HTTP client is about to send. A body that only the client can read, such as a
 * stream, is unchanged. It is rejected if it must be signed or hashed.
 */
export function signOutgoing(
  signer: AnySigner,
  request: OutgoingRequest,
  { bodyHash = signer.bodyHash, ...options }: SignOptions = {},
): SignedOutgoingRequest | Promise<SignedOutgoingRequest> {
  const { method, fields } = request;
  const isForm =
    isFormContentType(fieldOf(fields, "content-type")) || isOf(request.body, "URLSearchParams");
  const signed = signRequest<unknown>(
    signer,
    { method, url: addressed(request.url, fields), headers: fields, body: readable(request.body) },
    { ...options, bodyHash: bodyHash && !isForm && signer.transmission !== "form-body" },
  );
  return chain(signed, ({ url, headers, body }) => {
    const target = url.slice(url.indexOf("/", "https://".length));
    const added = Object.entries(headers).filter(
      ([name]) =>
        /^(authorization|content-type)$/i.test(name) && fieldOf(fields, name) === undefined,
    );
    return {
      target,
      url: signer.transmission === "query" ? new URL(target, request.url).href : request.url,
      added: Object.fromEntries(added),
      body: body === UNREADABLE ? request.body : body,
    };
  });
}

/** Returns the value of a header. */
export function fieldOf(fields: Fields, name: string): string | undefined {
  return fields.find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1];
}

/** Reads headers in any form that Node's clients accept: objects, pairs, flat arrays. */
export function fieldsOf(headers: unknown): Fields {
  const fields: [string, string][] = [];
  const add = (name: string, value: unknown) => {
    if (value === undefined || value === null) return;
    for (const one of Array.isArray(value) ? value : [value]) fields.push([name, String(one)]);
  };
  if (Array.isArray(headers) && !Array.isArray(headers[0])) {
    for (let index = 0; index < headers.length; index += 2) {
      add(String(headers[index]), headers[index + 1]);
    }
  } else if (typeof headers === "object" && headers !== null) {
    const pairs = Symbol.iterator in headers ? headers : Object.entries(headers);
    for (const [name, value] of pairs as Iterable<[string, unknown]>) add(name, value);
  }
  return fields;
}

/** Returns headers as an object, with a list for a name that appears more than once. */
export function headersOf(fields: Fields): Record<string, string | string[]> {
  const headers = new Map<string, string | string[]>();
  for (const [name, value] of fields) {
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(headers);
}

/** Continues with a value, synchronously if it is not a promise. */
export function chain<Value, Result>(
  value: Value | Promise<Value>,
  next: (value: Value) => Result,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Returns true if an object is of a kind, from any realm or library. */
export function isOf(value: unknown, kind: string): boolean {
  return Object.prototype.toString.call(value) === `[object ${kind}]`;
}

/** A placeholder for a body that is neither text nor bytes. */
const UNREADABLE = {};

function readable(body: unknown): unknown {
  if (body === undefined || body === null) return null;
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return isOf(body, "URLSearchParams") ? body : UNREADABLE;
}

/** Returns the URL with the host and port of the `Host` header (RFC 5849 §3.4.1.2). */
function addressed(url: string, fields: Fields): string {
  const host = fieldOf(fields, "host");
  return host === undefined
    ? url
    : url.replace(/^(https?:\/\/(?:[^/?#]*@)?)[^/?#]*/, (_, before) => before + host);
}
