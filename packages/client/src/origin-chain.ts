import { ClientError } from "./client-error.js";
import type { AnySigner } from "./sign-request.js";

/**
 * A request with everything that follows from it: hops of redirects, retries, pages that a response
 * names. All adapters follow one rule: a request is signed only if no request before it went to
 * another origin. Another origin chooses where the next request goes, so it could obtain a
 * signature that the caller never asked for.
 */
export class OriginChain {
  #origin: string | undefined;
  #hasLeft = false;
  #sent = 0;

  /** @param origin - The signed origin. Default: that of the first request. */
  constructor(origin?: string) {
    this.#origin = origin;
  }

  /** `true` after a request to another origin. */
  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** Moves to a URL. A change from `https` to `http` is a change of origin. */
  goTo(url: string | URL): void {
    const { origin } = new URL(url);
    this.#origin ??= origin;
    if (origin !== this.#origin) this.#hasLeft = true;
  }

  /**
   * Moves to the next request.
   *
   * @returns `true` if the request must be signed.
   * @throws ClientError `ERR_REDIRECT_METHOD` if a redirect (301, 302, 303) removed the body that
   * carries the protocol parameters. Thrown before the request is sent.
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
