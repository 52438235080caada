import { BaseStringError } from "@oauth1/base-string";
import { PercentEncodingError } from "@oauth1/percent-encoding";
import {
  type SignableRequest,
  type SignedRequest,
  type Signer,
  SignerError,
  type SignOptions,
} from "@oauth1/signer";
import { ClientError } from "./client-error.js";

/** A signer by any signature method, synchronous or not. */
export type AnySigner = Signer<string> | Signer<Promise<string>>;

/** Signs by a synchronous method at once. What cannot be signed is a {@link ClientError}. */
export function signRequest<Body>(
  signer: AnySigner,
  request: SignableRequest<Body>,
  options?: SignOptions,
): SignedRequest<Body> | Promise<SignedRequest<Body>> {
  refuseSecondAuthorization(signer, request);
  try {
    const signed = signer.sign(request, options);
    return signed instanceof Promise ? signed.catch(rethrow) : signed;
  } catch (error) {
    return rethrow(error);
  }
}

/**
 * The caller's own `Authorization` is not overwritten, and no protocol parameters are sent in two
 * places (RFC 5849 §3.5): HTTP clients make that field of the URL's user name and password too.
 */
function refuseSecondAuthorization(
  { transmission }: AnySigner,
  { url, headers = [] }: SignableRequest<unknown>,
): void {
  if (hasUser(typeof url === "string" ? url : url.href)) {
    throw new ClientError(
      "ERR_AUTHORIZATION_PRESENT",
      "the URL holds a user name or password, of which Authorization would be made",
    );
  }
  const fields = Symbol.iterator in headers ? headers : Object.entries(headers);
  for (const [name, value] of fields as Iterable<readonly [string, string]>) {
    if (name.toLowerCase() !== "authorization") continue;
    if (transmission === "header" || /^OAuth\b/i.test(value)) {
      throw new ClientError(
        "ERR_AUTHORIZATION_PRESENT",
        "the request has an Authorization header field of its own",
      );
    }
  }
}

/** Whether an absolute URL holds a user name or a password. */
export function hasUser(url: string): boolean {
  return /^[^:]+:\/\/[^/?#]*@/.test(url);
}

function rethrow(cause: unknown): never {
  if (cause instanceof SignerError) throw new ClientError(cause.code, cause.message, { cause });
  if (cause instanceof BaseStringError) {
    const code = cause.code === "ERR_METHOD" ? cause.code : "ERR_URL";
    throw new ClientError(code, cause.message, { cause });
  }
  if (cause instanceof PercentEncodingError) {
    throw new ClientError("ERR_ENCODING", cause.message, { cause });
  }
  throw cause;
}
