import type { Parameter } from "./implementation.js";
import type { Secrets } from "./references/signature.js";
import type { Topic } from "./topics.js";

/** A request as the signer was given it. */
export interface GivenRequest {
  readonly method: string;
  readonly url: string;
  readonly form: readonly Parameter[] | null;
  readonly realm: string | null;
}

/** A failure that is to be explained. */
export interface Failure {
  readonly topic: Topic;
  readonly section: string;
  readonly expected: unknown;
  readonly received: unknown;
  /** The request, where a signature base string or a signature was asked for. */
  readonly request?: GivenRequest | undefined;
  /** What the signature is made with, where one was asked for. */
  readonly signing?: (Secrets & { readonly signatureMethod: string }) | undefined;
}
