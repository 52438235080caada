import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import type { Verifier } from "@oauth1/verifier";
import { codeHashOf } from "./authorization.js";
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
import type { TemporaryCredentials, TokenCredentials } from "./provider-store.js";
import { hashOf, randomText } from "./random-text.js";

/** Whose secret signed a request to the token endpoint. */
export type TokenRequester =
  | { readonly temporary: TemporaryCredentials }
  | { readonly token: TokenCredentials };

/** The guesses of a verification code, after which its temporary credentials are useless. */
const MAXIMUM_GUESSES = 5;

/** The Token Request endpoint (RFC 5849 §2.3), also for renewal (Session extension §5.3). */
export function tokenEndpoint(setup: Setup, verifier: Verifier<TokenRequester>): Endpoint {
  return async (request, { received, peerAddress } = {}) => {
    const wrongMethod = methodResponse(request, ["POST", "GET"]);
    if (wrongMethod) return wrongMethod;
    const verified = await verifier.verify(received ?? request, { peerAddress });
    if (!verified.verified) return rejectedResponse(verified);
    const insecure = insecureResponse(setup, verified);
    if (insecure) return insecure;

    const requester = verified.caller;
    if (requester === undefined) return problemResponse(setup, 401, "token_rejected");
    return "temporary" in requester
      ? exchange(setup, requester.temporary, protocolParameter(verified, "oauth_verifier"))
      : renew(setup, requester.token, protocolParameter(verified, "oauth_session_handle"));
  };
}

async function exchange(
  setup: Setup,
  temporary: TemporaryCredentials,
  code: string | undefined,
): Promise<Response> {
  const { store } = setup;
  const { identifier, decision, resourceOwner, codeHash } = temporary;
  if (code === undefined) {
    const companion = ["oauth_parameters_absent", "oauth_verifier"] as const;
    return problemResponse(setup, 400, "parameter_absent", companion);
  }
  if (decision === "denied") return problemResponse(setup, 401, "permission_denied");
  if (resourceOwner === undefined || codeHash === undefined) {
    return problemResponse(setup, 401, "permission_unknown");
  }
  // Before the guess is compared, so that concurrent guesses are counted, too. The row stays until it
  // expires: an earlier request with the right code can be about to exchange it.
  if (!(await store.spendGuess(identifier, MAXIMUM_GUESSES))) {
    return problemResponse(setup, 401, "token_rejected");
  }
  if (!equalInConstantTime(codeHash, codeHashOf(temporary, code))) {
    const companion = ["oauth_parameters_rejected", "oauth_verifier"] as const;
    return problemResponse(setup, 400, "parameter_rejected", companion);
  }
  const issued = newToken(setup, temporary.client, resourceOwner);
  if (await store.exchange(identifier, issued.token)) return issued.response;
  return problemResponse(setup, 401, "token_used");
}

async function renew(
  setup: Setup,
  token: TokenCredentials,
  sessionHandle: string | undefined,
): Promise<Response> {
  if (sessionHandle === undefined) return problemResponse(setup, 401, "token_rejected");
  const issued = newToken(setup, token.client, token.resourceOwner);
  const isReplaced = await setup.store.replaceToken(
    token.identifier,
    hashOf(sessionHandle),
    issued.token,
  );
  return isReplaced ? issued.response : problemResponse(setup, 401, "permission_denied");
}

function newToken({ now, tokenLifetime }: Setup, client: string, resourceOwner: string) {
  const [identifier, sharedSecret, sessionHandle] = [randomText(), randomText(), randomText()];
  const created = now();
  const expires =
    tokenLifetime === undefined ? undefined : new Date(created.getTime() + tokenLifetime * 1000);
  const token: TokenCredentials = {
    identifier,
    sharedSecret,
    client,
    resourceOwner,
    created,
    expires,
    sessionHandleHash: expires && hashOf(sessionHandle),
  };
  const response = credentialsResponse({
    oauth_token: identifier,
    oauth_token_secret: sharedSecret,
    ...(expires && {
      oauth_expires_in: String(tokenLifetime),
      oauth_session_handle: sessionHandle,
    }),
  });
  return { token, response };
}
