import type { KnownClient, KnownToken, ReceivedRequest } from "@oauth1/verifier";
import type { BaseStringDifference } from "../compare-base-strings.js";
import { diagnose } from "../diagnose.js";
import type { Diagnosis } from "../diagnosis.js";
import type { Mistake, MistakeName } from "../mistakes.js";
import { readRequest } from "../reading.js";
import type { Secrets } from "../secrets.js";
import type { DiagnoseRejectedOptions } from "./diagnosed-options.js";
import { mentions } from "./mentions.js";

/** Why a signature is invalid, for its client. */
export interface Explanation {
  /** The mistakes, in the words of the catalogue. */
  readonly mistakes: readonly (Mistake & { readonly name: MistakeName })[];
  /**
   * The answer with the details of this request. `undefined` if it mentions a secret, which a
   * request can contain where none belongs.
   */
  readonly summary: string | undefined;
  /** What the client signed besides what it must sign. May contain anything that was received. */
  readonly differences: readonly BaseStringDifference[];
}

/**
 * Diagnoses a request whose signature the verifier rejected.
 *
 * @returns `undefined` if the credentials are gone by now, or nothing is wrong by these rules.
 */
export async function diagnoseRejected(
  received: ReceivedRequest,
  clientIdentifier: string,
  options: DiagnoseRejectedOptions,
): Promise<Explanation | undefined> {
  const token = readRequest(received).value("oauth_token") || undefined;
  const found = await options.credentials.find(clientIdentifier, token);
  if (!found?.client) return undefined;
  const candidates = secretsOf(found.client, found.token ?? undefined);
  const effort = Math.floor((options.effort ?? DEFAULT_EFFORT) / candidates.length);
  let first: Diagnosis | undefined;
  for (const secrets of candidates) {
    const diagnosis = diagnose(received, secrets, {
      hosts: options.hosts,
      pathPrefixes: options.pathPrefixes,
      effort,
      // The verifier has checked these by its own options.
      now: null,
      allowInsecureTransport: true,
    });
    first ??= diagnosis;
    if (diagnosis.causes.length === 0) continue;
    first = diagnosis;
    break;
  }
  if (first === undefined || first.valid) return undefined;
  const { causes, summary } = first;
  const all = [...(found.client.sharedSecrets ?? []), ...(found.token?.sharedSecrets ?? [])];
  return {
    mistakes: causes[0]?.details ?? [],
    summary: mentions(summary, all) ? undefined : summary,
    differences: causes[0]?.comparison.differences ?? [],
  };
}

const DEFAULT_EFFORT = 2_000_000;

/** During a rotation there are two secrets of each kind. */
const MOST_CANDIDATES = 4;

function secretsOf(client: KnownClient, token: KnownToken | undefined): Secrets[] {
  const { publicKey } = client;
  const [clientSecrets, tokenSecrets] = [client, token].map((owner): (string | undefined)[] =>
    owner?.sharedSecrets?.length ? [...owner.sharedSecrets] : [undefined],
  );
  return (clientSecrets ?? [])
    .flatMap((clientSharedSecret) =>
      (tokenSecrets ?? []).map((tokenSharedSecret) => ({
        clientSharedSecret,
        tokenSharedSecret,
        publicKey,
      })),
    )
    .slice(0, MOST_CANDIDATES);
}
