import { BaseStringError } from "@oauth1/base-string";
import { PercentEncodingError } from "@oauth1/percent-encoding";
import type { SignableRequest, SignedRequest, Signer, SignOptions } from "@oauth1/signer";
import { ClientError } from "./client-error.js";

/** A signer with any signature method, synchronous or not. */
export type AnySigner = Signer<string> | Signer<Promise<string>>;

/**
 * Signs a request, synchronously if the signature method is synchronous.
 *
 * @throws SignerError if the signer rejects the request.
 * @throws ClientError `ERR_URL`, `ERR_REQUEST_METHOD` or `ERR_ENCODING`, with the error of the
 * package that found it as `cause`.
 */
export function signRequest<Body>(
  signer: AnySigner,
  request: SignableRequest<Body>,
  options?: SignOptions,
): SignedRequest<Body> | Promise<SignedRequest<Body>> {
  rejectUser(request);
  try {
    const signed = signer.sign(request, options);
    return signed instanceof Promise ? signed.catch(rethrow) : signed;
  } catch (error) {
    return rethrow(error);
  }
}

/** HTTP clients would turn these into a second `Authorization` header. */
function rejectUser({ url }: SignableRequest<unknown>): void {
  if (hasUser(typeof url === "string" ? url : url.href)) {
    throw new ClientError("ERR_URL", "the URL must not contain a user name or password");
  }
}

/** Returns true if an absolute URL contains a user name or a password. */
export function hasUser(url: string): boolean {
  return /^[^:]+:\/\/[^/?#]*@/.test(url);
}

function rethrow(cause: unknown): never {
  if (cause instanceof BaseStringError) {
    const code = cause.code === "ERR_METHOD" ? "ERR_REQUEST_METHOD" : "ERR_URL";
    throw new ClientError(code, cause.message, { cause });
  }
  if (cause instanceof PercentEncodingError) {
    throw new ClientError("ERR_ENCODING", cause.message, { cause });
  }
  throw cause;
}
