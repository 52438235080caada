import { ClientError } from "./client-error.js";
import type { AnySigner } from "./sign-request.js";

/**
 * A request with all that follows from it: hops of redirects, retries, pages that an answer names. It
 * is the one rule of every adapter: what is sent is signed only as long as nothing before it went to
 * another origin. Whoever is there chooses where the next request goes, and a signature on it would be
 * one that the caller never asked for.
 */
export class OriginChain {
  #origin: string | undefined;
  #hasLeft = false;
  #sent = 0;

  /** @param origin - The origin that is signed for; that of the first request, if there is none. */
  constructor(origin?: string) {
    this.#origin = origin;
  }

  /** Whether a request went to another origin. */
  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** Goes on to a URL. `https` to `http` is another origin. */
  goTo(url: string | URL): void {
    const { origin } = new URL(url);
    this.#origin ??= origin;
    if (origin !== this.#origin) this.#hasLeft = true;
  }

  /**
   * Goes on to the next request.
   *
   * @returns Whether it is to be signed.
   * @throws ClientError `ERR_REDIRECT_METHOD` before a request is sent that a redirect has turned into
   * one without a body (301, 302, 303), where protocol parameters have their place in the body.
   */
  signs(signer: AnySigner, method: string, url: string | URL): boolean {
    this.goTo(url);
    if (this.#hasLeft) return false;
    if (this.#sent++ > 0 && signer.transmission === "form-body" && /^(?:GET|HEAD)$/i.test(method)) {
      throw new ClientError(
        "ERR_REDIRECT_METHOD",
        `a redirect turned the request into a ${method}, which has no body for the protocol ` +
          'parameters; the request before it was sent. Use the transmission "header" or "query"',
      );
    }
    return true;
  }
}
