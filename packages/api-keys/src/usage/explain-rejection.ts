import { explainRejected, type RejectionExplanation } from "@oauth1/diagnosis/verifier";
import type { CredentialStore, ReceivedRequest } from "@oauth1/verifier";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/**
 * Diagnoses a request with a wrong signature. `undefined` if there were too many, or the request
 * cannot be read.
 *
 * @param client - The client identifier of enabled credentials.
 * @param receive - Reads the request.
 */
export type ExplainRejection = (
  client: string,
  receive: () => Promise<ReceivedRequest | undefined>,
) => Promise<RejectionExplanation | undefined>;

/**
 * Prepares diagnoses of rejected requests, which run after the response: at most two a second in
 * this process, and ten a minute of one client, so that nobody can keep the process busy. A
 * diagnosis takes about 20 milliseconds.
 */
export function prepareExplanations(
  credentials: CredentialStore,
  onFault: (error: unknown) => void,
): ExplainRejection {
  const ofClient = new RateLimiterMemory({ points: 10, duration: 60 });
  const ofProcess = new RateLimiterMemory({ points: 2, duration: 1 });
  return async (client, receive) => {
    try {
      await ofClient.consume(client);
      await ofProcess.consume("");
      const received = await Promise.race([receive(), afterwards(RECEIVED_WITHIN)]);
      if (received === undefined) return undefined;
      await new Promise((resolve) => setImmediate(resolve));
      return await explainRejected(received, client, { credentials });
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) onFault(error);
      return undefined;
    }
  };
}

function afterwards(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds, undefined).unref();
  });
}

/** Milliseconds. Most bodies have arrived by then, and nobody waits for the others. */
const RECEIVED_WITHIN = 2000;
