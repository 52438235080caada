import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { type CredentialStore, createVerifier } from "@oauth1/verifier";
import { authorizationEndpoint } from "./authorization.js";
import type { ProviderClient } from "./client.js";
import { descriptionEndpoint } from "./description.js";
import type { Endpoint, ProviderPaths, RequestFacts, Setup } from "./endpoint.js";
import { type ProviderOptions, requireProviderOptions } from "./provider-options.js";
import type { IssuedToken } from "./provider-store.js";
import { temporaryCredentialsEndpoint } from "./temporary-credentials.js";
import { type TokenRequester, tokenEndpoint } from "./token-credentials.js";

/** The server's side of RFC 5849 §2. */
export interface Provider {
  /** Responds to a request, or returns `undefined` if its path is not the provider's. */
  handle(this: void, request: Request, facts?: RequestFacts): Promise<Response | undefined>;
  /** The paths that it responds to. */
  readonly paths: ProviderPaths;
  /** The credentials for the verifier of your API. The caller is the grant behind a token. */
  readonly credentials: CredentialStore<Grant>;
  /** Returns the tokens of a resource owner, oldest first. */
  listTokens(this: void, resourceOwner: string): Promise<readonly IssuedToken[]>;
  /**
   * Revokes a token of a resource owner. The next request with it is rejected, unless you cache
   * the credentials.
   *
   * @returns False if the resource owner has no such token.
   */
  revokeToken(this: void, resourceOwner: string, identifier: string): Promise<boolean>;
}

/** What a request may do: on behalf of whom, and for which client. */
export interface Grant {
  readonly client: ProviderClient;
  /** The identifier of the resource owner; `undefined` for a request without a token. */
  readonly resourceOwner: string | undefined;
}

/**
 * Creates a provider: the endpoints for temporary credentials, authorization and token credentials
 * (RFC 5849 §2), and a page that describes them.
 *
 * @throws ProviderSetupError `ERR_PROVIDER_OPTION`
 * @throws VerifierError `ERR_VERIFIER_OPTION` for an option of the verifier.
 *
 * @example
 * ```ts
 * import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
 *
 * const printer = {
 *   identifier: "dpf43f3p2l4k3l03",
 *   sharedSecrets: ["kd94hf93k423kf44"],
 *   name: "Printer",
 *   callbacks: ["http://printer.example.com/ready"],
 * };
 * const provider = createProvider({
 *   clients: { find: (identifier) => (identifier === printer.identifier ? printer : undefined) },
 *   store: memoryStore(),
 *   nonces: memoryNonceStore(),
 *   resourceOwner: () => Response.redirect("https://photos.example.net/sign-in"),
 * });
 * const request = new Request("https://photos.example.net/oauth/initiate", { method: "POST" });
 * const response = await provider.handle(request);
 * response?.status; // 401
 * ```
 */
export function createProvider(options: ProviderOptions): Provider {
  requireProviderOptions(options);
  const { clients, store, path = "/oauth", clock = () => Date.now() / 1000 } = options;
  const paths: ProviderPaths = {
    description: path,
    temporaryCredentials: `${path}/initiate`,
    authorization: `${path}/authorize`,
    token: `${path}/token`,
  };
  const { signatureMethods = [hmacSha1] } = options;
  const setup: Setup = { ...options, signatureMethods, paths, now: () => new Date(clock() * 1000) };
  const { nonces, realm, publicOrigin, publicPath, trustedProxies } = options;
  const verifierOptions = {
    ...{ nonces, signatureMethods, realm, publicOrigin, publicPath, trustedProxies },
    timestampTolerance: options.timestampTolerance,
    problemReporting: options.problemReporting,
    limits: options.limits,
    allowInsecureTransport: options.allowInsecureTransport,
    clock: () => Math.floor(clock()),
  };
  const isExpired = (expires: Date | undefined) => expires !== undefined && expires <= setup.now();

  const clientOnly: CredentialStore<ProviderClient> = {
    async find(identifier) {
      const client = await clients.find(identifier);
      return client === undefined ? { client } : { client, caller: client };
    },
  };

  /** Temporary credentials, and tokens that can be renewed even after they expired. */
  const requesters: CredentialStore<TokenRequester> = {
    async find(identifier, tokenIdentifier = "") {
      const client = await clients.find(identifier);
      const temporary = await store.findTemporaryCredentials(tokenIdentifier);
      if (temporary?.client === identifier) {
        const status = isExpired(temporary.expires) ? "expired" : "enabled";
        return { client, token: { ...known(temporary), status }, caller: { temporary } };
      }
      const token = await store.findToken(tokenIdentifier);
      if (token?.client !== identifier || token.sessionHandleHash === undefined) return { client };
      return { client, token: known(token), caller: { token } };
    },
  };

  const credentials: CredentialStore<Grant> = {
    async find(identifier, tokenIdentifier) {
      const client = await clients.find(identifier);
      if (client === undefined) return { client };
      if (tokenIdentifier === undefined) {
        return { client, caller: { client, resourceOwner: undefined } };
      }
      const token = await store.findToken(tokenIdentifier);
      if (token?.client !== identifier) return { client };
      const status = isExpired(token.expires) ? "expired" : "enabled";
      const { resourceOwner } = token;
      return { client, token: { ...known(token), status }, caller: { client, resourceOwner } };
    },
  };

  const endpoints: Readonly<Record<string, Endpoint>> = {
    [paths.description]: descriptionEndpoint(setup),
    [paths.temporaryCredentials]: temporaryCredentialsEndpoint(
      setup,
      createVerifier({ ...verifierOptions, credentials: clientOnly, token: "none" }),
    ),
    [paths.authorization]: authorizationEndpoint(setup),
    [paths.token]: tokenEndpoint(
      setup,
      createVerifier({ ...verifierOptions, credentials: requesters, token: "required" }),
    ),
  };
  return {
    async handle(request, facts) {
      const { pathname } = new URL(request.url);
      return Object.hasOwn(endpoints, pathname) ? endpoints[pathname]?.(request, facts) : undefined;
    },
    paths,
    credentials,
    listTokens: (resourceOwner) => store.listTokens(resourceOwner),
    revokeToken: (resourceOwner, identifier) => store.revokeToken(resourceOwner, identifier),
  };
}

function known({ identifier, sharedSecret }: { identifier: string; sharedSecret: string }) {
  return { identifier, sharedSecrets: [sharedSecret] };
}
