import { parseAuthorizationHeader } from "@oauth1/auth-header";
import { signatureBaseString } from "@oauth1/base-string";
import {
  authorizationUrl,
  ProviderError,
  readAuthorizationCallback,
  requestTemporaryCredentials,
  requestTokenCredentials,
} from "@oauth1/client/authorization";
import { createSigner } from "@oauth1/signer";
import { type DemonstrationProvider, JANE, PRINTER } from "./demonstration-provider.js";

/** What happens in a dance, in this order. */
export type DanceEvent =
  | {
      readonly type: "listening";
      readonly origin: string;
      readonly description: string;
      readonly client: typeof PRINTER;
      readonly callback: string;
    }
  | Exchange
  | { readonly type: "authorization"; readonly section: string; readonly url: string }
  | { readonly type: "returned"; readonly url: string }
  | { readonly type: "revocation"; readonly resourceOwner: string; readonly token: string };

/** A signed request, and the server's answer. */
export interface Exchange {
  readonly type: "exchange";
  readonly step: "temporary credentials" | "token credentials" | "protected resource";
  readonly section: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly authorization: string;
    readonly baseString: string;
  };
  readonly response: {
    readonly status: number;
    readonly challenge: string | null;
    readonly body: string;
  };
}

/** What the person at the terminal enters. */
export type Answers = (asked: "code" | "address") => Promise<string>;

/**
 * Lets the demonstration's client get a token, use it, and use it again after its revocation.
 *
 * @param callback - `oob`, a callback elsewhere, or the client's own.
 * @throws AuthorizationDeniedError if the resource owner denies access.
 * @throws ProviderError if the provider rejects a request.
 */
export async function dance(
  { provider, origin, returned, callback: own }: DemonstrationProvider,
  callback: string,
  tell: (event: DanceEvent) => void,
  answers: Answers,
): Promise<void> {
  const {
    description,
    temporaryCredentials: initiate,
    authorization,
    token: exchange,
  } = provider.paths;
  const client = PRINTER;
  tell({ type: "listening", origin, description: origin + description, client, callback });

  const temporary = await requestTemporaryCredentials(origin + initiate, {
    ...{ client, callback, allowInsecureTransport: true },
    fetch: telling(tell, "temporary credentials", "RFC 5849 §2.1"),
  });

  const url = authorizationUrl(origin + authorization, temporary);
  tell({ type: "authorization", section: "RFC 5849 §2.2", url });
  const token = await untilRightCode(callback === "oob", async () => {
    let verifier: string;
    if (callback === "oob") {
      verifier = await answers("code");
    } else {
      const address = callback === own ? await returned : await answers("address");
      tell({ type: "returned", url: address });
      ({ verifier } = readAuthorizationCallback(address, temporary));
    }
    return requestTokenCredentials(origin + exchange, {
      ...{ client, temporaryCredentials: temporary, verifier, allowInsecureTransport: true },
      fetch: telling(tell, "token credentials", "RFC 5849 §2.3"),
    });
  });

  const signer = createSigner({ client, token });
  const callApi = async () => {
    const photos = `${origin}/photos?file=vacation.jpg&size=original`;
    const { url, method, headers } = signer.sign({ method: "GET", url: photos });
    await telling(tell, "protected resource", "RFC 5849 §3.1")(url, { method, headers });
  };
  await callApi();
  await provider.revokeToken(JANE.identifier, token.identifier);
  tell({ type: "revocation", resourceOwner: JANE.name, token: token.identifier });
  await callApi();
}

/** A person can mistype a code, of which the provider allows five, or enter it before the decision. */
async function untilRightCode<Result>(isTyped: boolean, attempt: () => Promise<Result>) {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const problem = error instanceof ProviderError ? error.problem : undefined;
      const isTooEarly = problem === "permission_unknown";
      if (!isTyped || !(isTooEarly || problem === "parameter_rejected")) throw error;
    }
  }
}

/** A `fetch` that tells what it sends and receives. */
function telling(tell: (event: DanceEvent) => void, step: Exchange["step"], section: string) {
  return async (
    url: string,
    init: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
  ): Promise<Response> => {
    const response = await fetch(url, init);
    const body = await response.text();
    const { method, headers } = init;
    const authorization = headers["Authorization"] ?? "";
    const { parameters } = parseAuthorizationHeader(authorization);
    const baseString = signatureBaseString({ method, url }, parameters);
    const { status } = response;
    const challenge = response.headers.get("WWW-Authenticate");
    tell({
      ...{ type: "exchange", step, section },
      request: { method, url, authorization, baseString },
      response: { status, challenge, body },
    });
    return new Response(body, { status, headers: response.headers });
  };
}
