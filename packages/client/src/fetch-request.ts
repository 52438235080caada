import { isFormContentType } from "@oauth1/base-string/entity-body";
import { ClientError } from "./client-error.js";

/** A request to `fetch`, before each hop. */
export interface FetchRequest {
  readonly method: string;
  /** As the platform serializes it (URL standard, "URL serializing"), without a fragment. */
  readonly url: string;
  readonly headers: Headers;
  readonly body: FetchBody;
  readonly redirect: RequestRedirect;
  /** The other options for the platform's `fetch`. */
  readonly init: RequestInit;
  /** The caller's `Request`, as long as it is unchanged. */
  readonly original: Request | undefined;
}

/** A body, and how it can be read and sent. */
export interface FetchBody {
  /** Text, bytes, a `Blob`, `FormData` or a stream. `null` if there is none. */
  readonly value: unknown;
  /** `true` if it can be sent again, after a redirect or in a retry. */
  readonly isRepeatable: boolean;
  /** Reads it into memory, unless it is a stream. */
  readonly read?: () => Promise<{ octets: Uint8Array; contentType: string | null }>;
}

/**
 * Reads the arguments of `fetch` as the platform does: resolves and serializes the URL, prefers
 * members of `init` to those of a `Request`, and copies bytes.
 *
 * @throws {@link ClientError} `ERR_URL` or `ERR_HOST`.
 */
export function readFetchArguments(
  input: string | URL | Request,
  given: RequestInit = {},
): FetchRequest {
  const original = isRequest(input) ? input : undefined;
  const init = isRequest(given) ? membersOf(given) : given;
  const headers = new Headers(init.headers ?? original?.headers);
  if (headers.has("host")) {
    throw new ClientError(
      "ERR_HOST",
      "the Host header must be omitted: not every platform sends it",
    );
  }
  return {
    method: normalizeMethod(init.method ?? original?.method ?? "GET"),
    url: serializeUrl(original?.url ?? String(input)),
    headers,
    body: readBody(init.body, headers, original),
    redirect: init.redirect ?? original?.redirect ?? "follow",
    init: original === undefined ? init : { ...membersOf(original), ...init },
    original: init.body === undefined || init.body === null ? original : undefined,
  };
}

/** Returns true if the platform sends the body as a form (RFC 5849 §3.4.1.3.1). */
export function isForm({ headers, body }: FetchRequest): boolean {
  const type = headers.get("content-type");
  return isFormContentType(type ?? (isBlob(body.value) ? body.value.type : ""));
}

/** Returns true if a body is `FormData`, which is sent as multipart and is not a form to sign. */
export function isMultipart({ value }: FetchBody): boolean {
  return kindOf(value) === "FormData";
}

/** Returns the same request with its body in memory. */
export async function withBodyRead(request: FetchRequest): Promise<FetchRequest> {
  if (request.body.read === undefined) return request;
  const { octets, contentType } = await request.body.read();
  const headers = new Headers(request.headers);
  if (contentType && !headers.has("content-type")) headers.set("content-type", contentType);
  return {
    ...request,
    headers,
    body: { value: octets, isRepeatable: true },
    original: undefined,
  };
}

/** Fetch standard, "normalize a method". */
function normalizeMethod(method: string): string {
  return /^(delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method;
}

function serializeUrl(url: string): string {
  const { document, location } = globalThis as { document?: Document; location?: Location };
  const base = document?.baseURI ?? location?.href;
  if (!URL.canParse(url, base)) throw new ClientError("ERR_URL", "the URL must be absolute");
  const parsed = new URL(url, base);
  if (!/^https?:$/.test(parsed.protocol)) {
    throw new ClientError("ERR_URL", "the URL must begin with http: or https:");
  }
  parsed.hash = "";
  return parsed.href;
}

/** Fetch standard, "extract a body". */
function readBody(body: unknown, headers: Headers, original: Request | undefined): FetchBody {
  if (body === undefined || body === null) {
    const stream = original?.body;
    if (!original || !stream) return { value: null, isRepeatable: true };
    return {
      value: stream,
      isRepeatable: false,
      read: async () => ({
        octets: new Uint8Array(await original.arrayBuffer()),
        contentType: null,
      }),
    };
  }
  if (ArrayBuffer.isView(body)) {
    const { buffer, byteOffset, byteLength } = body;
    return { value: new Uint8Array(buffer, byteOffset, byteLength).slice(), isRepeatable: true };
  }
  switch (kindOf(body)) {
    case "URLSearchParams":
      if (!headers.has("content-type")) headers.set("content-type", FORM_CONTENT_TYPE);
      return { value: String(body), isRepeatable: true };
    case "ArrayBuffer":
    case "SharedArrayBuffer":
      return { value: new Uint8Array(body as ArrayBuffer).slice(), isRepeatable: true };
    case "Blob":
    case "File":
    case "FormData":
      return { value: body, isRepeatable: true, read: () => serialize(body as Blob | FormData) };
    case "ReadableStream":
      return { value: body, isRepeatable: false };
  }
  if (typeof body === "object" && Symbol.asyncIterator in body) {
    return { value: body, isRepeatable: false };
  }
  return { value: String(body), isRepeatable: true };
}

const FORM_CONTENT_TYPE = "application/x-www-form-urlencoded;charset=UTF-8";

async function serialize(body: Blob | FormData) {
  const response = new Response(body);
  const octets = new Uint8Array(await response.arrayBuffer());
  return { octets, contentType: response.headers.get("content-type") };
}

/** Objects can come from another realm, or from another `fetch`. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

function isBlob(value: unknown): value is Blob {
  return kindOf(value) === "Blob" || kindOf(value) === "File";
}

function isRequest(value: unknown): value is Request {
  return typeof value === "object" && kindOf(value) === "Request";
}

/** The members to copy from a `Request`, which are not its own properties. */
function membersOf(request: Request): RequestInit {
  const members: Record<string, unknown> = {};
  for (const name of MEMBERS) {
    const value: unknown = Reflect.get(request, name);
    if (value !== undefined && value !== null && value !== "") members[name] = value;
  }
  if (members["mode"] === "navigate") members["mode"] = "same-origin";
  return members;
}

const MEMBERS = [
  "method",
  "headers",
  "body",
  "referrer",
  "referrerPolicy",
  "mode",
  "credentials",
  "cache",
  "redirect",
  "integrity",
  "keepalive",
  "signal",
  "duplex",
  "cf",
];
