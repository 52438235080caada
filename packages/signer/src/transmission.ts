import { serializeAuthorizationHeader } from "@oauth1/auth-header";
import type { EncodedParameter } from "@oauth1/base-string";
import { FORM_CONTENT_TYPE } from "./form-body.js";
import type { HeaderFields } from "./header-fields.js";
import { SignerError } from "./signer-error.js";

/** Where the protocol parameters go, one place only (RFC 5849 §3.5). */
export type Transmission = "header" | "form-body" | "query";

/** The parts of a request that a transmission may change. */
export interface TransmittedRequest {
  url: string;
  readonly headers: HeaderFields;
  body: unknown;
  /** The body as a form, where it is one. */
  readonly form: string | Uint8Array | undefined;
}

type Transmit = (
  request: TransmittedRequest,
  parameters: readonly EncodedParameter[],
  realm: string | undefined,
) => void;

/** Adds the protocol parameters to a request, in one way each. */
export const transmit: Readonly<Record<Transmission, Transmit>> = {
  /** RFC 5849 §3.5.1. The realm has a place here and in no other transmission. */
  header(request, parameters, realm) {
    if (request.headers.get("Authorization") !== undefined) {
      throw new SignerError(
        "ERR_AUTHORIZATION_PRESENT",
        "Authorization",
        "the request has this header field already",
      );
    }
    request.headers.set("Authorization", serializeAuthorizationHeader({ realm, parameters }));
  },

  /** RFC 5849 §3.5.2: after the form's own parameters. */
  "form-body"(request, parameters) {
    const { form, body } = request;
    if (form === undefined && body !== undefined && body !== null) {
      throw new SignerError(
        "ERR_BODY_NOT_FORM",
        "body",
        "protocol parameters go into a form body or into none",
      );
    }
    const added = join(parameters);
    if (form === undefined || form.length === 0) request.body = added;
    else request.body = typeof form === "string" ? `${form}&${added}` : append(form, `&${added}`);
    if (request.headers.get("Content-Type") === undefined) {
      request.headers.set("Content-Type", FORM_CONTENT_TYPE);
    }
  },

  /** RFC 5849 §3.5.3: after the query's own parameters, before a fragment. */
  query(request, parameters) {
    const fragment = request.url.indexOf("#");
    const end = fragment < 0 ? request.url.length : fragment;
    const url = request.url.slice(0, end);
    const separator = !url.includes("?") ? "?" : /[?&]$/.test(url) ? "" : "&";
    request.url = `${url}${separator}${join(parameters)}${request.url.slice(end)}`;
  },
};

function join(parameters: readonly EncodedParameter[]): string {
  return parameters
    .map(({ encodedName, encodedValue }) => `${encodedName}=${encodedValue}`)
    .join("&");
}

function append(octets: Uint8Array, ascii: string): Uint8Array {
  const joined = new Uint8Array(octets.length + ascii.length);
  joined.set(octets);
  joined.set(
    Array.from(ascii, (character) => character.charCodeAt(0)),
    octets.length,
  );
  return joined;
}
