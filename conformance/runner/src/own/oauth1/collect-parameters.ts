import {
  AuthorizationHeaderError,
  type AuthorizationParameters,
  parseAuthorizationHeader,
} from "@oauth1/auth-header";
import { isFormContentType } from "@oauth1/base-string/entity-body";
import { collectParameters } from "@oauth1/base-string/steps";
import { percentDecode } from "@oauth1/percent-encoding";
import type { CollectionRequest, Parameter } from "@oauth1/properties";

/** The parameters of a received request, from its three sources (RFC 5849 §3.4.1.3.1), decoded. */
export function collect(request: CollectionRequest): Parameter[] {
  const { url, authorization, contentType, body } = request;
  return collectParameters(
    { url, body: isFormContentType(contentType) ? body : null },
    authorization === null ? [] : authorizationParameters(authorization).parameters,
  ).map(({ encodedName, encodedValue }) => [
    percentDecode(encodedName),
    percentDecode(encodedValue),
  ]);
}

/** The parameters of an `Authorization` header. Other schemes than `OAuth` have none. */
export function authorizationParameters(header: string): AuthorizationParameters {
  try {
    return parseAuthorizationHeader(header);
  } catch (error) {
    if (error instanceof AuthorizationHeaderError && error.code === "ERR_SCHEME") {
      return { realm: undefined, parameters: [] };
    }
    throw error;
  }
}
