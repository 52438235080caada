import type { Verifier } from "@oauth1/verifier";
import { isCallbackOf, type ProviderClient } from "./client.js";
import {
  credentialsResponse,
  type Endpoint,
  insecureResponse,
  methodResponse,
  problemResponse,
  protocolParameter,
  rejectedResponse,
  type Setup,
} from "./endpoint.js";
import { randomText } from "./random-text.js";

/** The Temporary Credential Request endpoint (RFC 5849 §2.1). */
export function temporaryCredentialsEndpoint(
  setup: Setup,
  verifier: Verifier<ProviderClient>,
): Endpoint {
  const { store, temporaryLifetime = 600 } = setup;
  const removeExpired = periodicRemoval(setup);
  return async (request, { received, peerAddress } = {}) => {
    const wrongMethod = methodResponse(request, ["POST", "GET"]);
    if (wrongMethod) return wrongMethod;
    const verified = await verifier.verify(received ?? request, { peerAddress });
    if (!verified.verified) return rejectedResponse(verified);
    const insecure = insecureResponse(setup, verified);
    if (insecure) return insecure;

    const callback = protocolParameter(verified, "oauth_callback");
    if (callback === undefined) {
      const companion = ["oauth_parameters_absent", "oauth_callback"] as const;
      return problemResponse(setup, 400, "parameter_absent", companion);
    }
    const client = verified.caller;
    if (client === undefined || !isCallbackOf(client, callback)) {
      const companion = ["oauth_parameters_rejected", "oauth_callback"] as const;
      return problemResponse(setup, 400, "parameter_rejected", companion);
    }
    const [identifier, sharedSecret] = [randomText(), randomText()];
    await store.addTemporaryCredentials({
      identifier,
      sharedSecret,
      client: client.identifier,
      callback,
      expires: new Date(setup.now().getTime() + temporaryLifetime * 1000),
      consentKey: randomText(),
      decision: "pending",
      resourceOwner: undefined,
      codeHash: undefined,
    });
    removeExpired();
    return credentialsResponse({
      oauth_token: identifier,
      oauth_token_secret: sharedSecret,
      oauth_callback_confirmed: "true",
    });
  };
}

/** Removes expired ones in the background: a batch at once, and the next after a full one. */
function periodicRemoval({ store, now }: Setup): () => void {
  let next = 0;
  return () => {
    if (now().getTime() < next) return;
    next = now().getTime() + INTERVAL;
    store.removeExpired(now()).then(
      (removed) => {
        if (removed >= BATCH) next = 0;
      },
      (error: unknown) => console.error("cannot remove expired temporary credentials:", error),
    );
  };
}

const INTERVAL = 60_000;
const BATCH = 1000;
