import type { Transmission } from "@oauth1/base-string";
import { isFormContentType } from "@oauth1/base-string/entity-body";
import { FORM_CONTENT_TYPE, writeForm } from "./form-body.js";
import { fieldValue } from "./header-fields.js";
import type { PreparedRequest } from "./prepare-request.js";
import type { ProtocolParameter } from "./protocol-parameters.js";
import { SignerError } from "./signer-error.js";

type Transmit = (
  request: PreparedRequest,
  parameters: readonly ProtocolParameter[],
  headerStart: string,
) => void;

/** Adds the protocol parameters to a request. One function per transmission. */
export const transmit: Readonly<Record<Transmission, Transmit>> = {
  /** RFC 5849 §3.5.1. */
  header(request, parameters, headerStart) {
    if (fieldValue(request.headers, "authorization") !== undefined) {
      throw new SignerError(
        "ERR_AUTHORIZATION_PRESENT",
        "Authorization",
        "is already in the request: remove it",
      );
    }
    let header = headerStart;
    let separator = "";
    for (const { field } of parameters) {
      header += separator + field;
      separator = ", ";
    }
    request.headers["Authorization"] = header;
  },

  /** RFC 5849 §3.5.2: after the form's own parameters. */
  "form-body"(request, parameters) {
    const { form, body, headers } = request;
    rejectSecondPlace(request);
    const contentType = fieldValue(headers, "content-type");
    if (
      form === undefined &&
      (body !== null || !isFormContentType(contentType ?? FORM_CONTENT_TYPE))
    ) {
      throw new SignerError(
        "ERR_BODY_NOT_FORM",
        "body",
        "must be a form or empty to carry protocol parameters",
      );
    }
    const added = writeForm(parameters);
    const sent = form ?? "";
    if (sent.length === 0) request.body = added;
    else request.body = typeof sent === "string" ? `${sent}&${added}` : append(sent, `&${added}`);
    if (contentType === undefined) headers["Content-Type"] = FORM_CONTENT_TYPE;
  },

  /** RFC 5849 §3.5.3: after the query's own parameters, before a fragment. */
  query(request, parameters) {
    rejectSecondPlace(request);
    const fragment = request.url.indexOf("#");
    const end = fragment < 0 ? request.url.length : fragment;
    const url = request.url.slice(0, end);
    const query = url.indexOf("?");
    const separator = query < 0 ? "?" : query === end - 1 ? "" : "&";
    request.url = `${url}${separator}${writeForm(parameters)}${request.url.slice(end)}`;
  },
};

/** Protocol parameters are sent in one place only (RFC 5849 §3.5). */
function rejectSecondPlace({ headers }: PreparedRequest): void {
  if (/(?:^|,)\s*OAuth\b/i.test(fieldValue(headers, "authorization") ?? "")) {
    throw new SignerError(
      "ERR_AUTHORIZATION_PRESENT",
      "Authorization",
      "already contains protocol parameters: remove it",
    );
  }
}

function append(octets: Uint8Array, ascii: string): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(octets.length + ascii.length);
  joined.set(octets);
  joined.set(
    Array.from(ascii, (character) => character.charCodeAt(0)),
    octets.length,
  );
  return joined;
}
