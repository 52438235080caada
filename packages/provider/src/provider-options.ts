import {
  aBoolean,
  aFunction,
  aString,
  hasFunction,
  integerFrom,
  optional,
  type Rules,
  requireOptions,
} from "@oauth1/options";
import type { Awaitable, VerifierOptions } from "@oauth1/verifier";
import type { ClientStore, ProviderClient } from "./client.js";
import type { Consent } from "./pages/consent-page.js";
import { ProviderSetupError } from "./provider-setup-error.js";
import type { ProviderStore } from "./provider-store.js";
import type { ResourceOwner } from "./resource-owner.js";

/** Options of `createProvider()`. Those of the verifier mean the same as there. */
export interface ProviderOptions
  extends Pick<
    VerifierOptions,
    | "nonces"
    | "timestampTolerance"
    | "realm"
    | "publicOrigin"
    | "publicPath"
    | "trustedProxies"
    | "problemReporting"
    | "limits"
  > {
  /** The accepted signature methods. Default: HMAC-SHA1, which every client has. */
  readonly signatureMethods?: VerifierOptions["signatureMethods"] | undefined;
  /** Finds registered clients. */
  readonly clients: ClientStore;
  /** Stores what is issued: `memoryStore()`, or `openSqlStore()`. */
  readonly store: ProviderStore;
  /**
   * Returns who is signed in, or a response that lets them sign in and come back to the same URL.
   *
   * @param request - The request for the consent page.
   * @param native - The request as the framework has it: that of Express, Fastify or `node:http`,
   * or the context of Hono.
   * @param client - The client that asks for access.
   */
  readonly resourceOwner: (
    request: Request,
    native: unknown,
    client: ProviderClient,
  ) => Awaitable<ResourceOwner | Response>;
  /** Renders the consent page. Default: the provider's own. */
  readonly consentPage?: ((consent: Consent) => Awaitable<Response>) | undefined;
  /** The path of the description. The endpoints are below it. Default: `/oauth`. */
  readonly path?: string | undefined;
  /** The seconds in which temporary credentials must be used. Default: 600. */
  readonly temporaryLifetime?: number | undefined;
  /**
   * The seconds after which a token expires. The client can renew it with a session handle, until
   * it is revoked (Session extension). Default: tokens do not expire.
   */
  readonly tokenLifetime?: number | undefined;
  /**
   * If `true`, secrets are also handed out over http, which RFC 5849 §2.1 and §2.3 forbid. For
   * development only. Default: `false`.
   */
  readonly allowInsecureTransport?: boolean | undefined;
  /** Returns the time in seconds since 1970. Default: the system clock. */
  readonly clock?: (() => number) | undefined;
}

const RULES: Rules = {
  clients: {
    mustBe: "an object with a function find(identifier)",
    isValid: (value) => hasFunction(value, "find"),
  },
  store: {
    mustBe: "a store, such as the result of memoryStore()",
    isValid: (value) => hasFunction(value, "exchange"),
  },
  resourceOwner: aFunction,
  consentPage: optional(aFunction),
  path: optional({
    mustBe: "a path such as /oauth, without a slash at its end",
    isValid: (value) => typeof value === "string" && /^(?:\/[\w.~-]+)+$/.test(value),
  }),
  temporaryLifetime: optional(integerFrom(1)),
  tokenLifetime: optional(integerFrom(1)),
  allowInsecureTransport: optional(aBoolean),
  clock: optional(aFunction),
  realm: optional(aString),
};

/** The options that `createVerifier()` checks. */
const VERIFIER_OPTIONS = [
  "nonces",
  "signatureMethods",
  "timestampTolerance",
  "publicOrigin",
  "publicPath",
  "trustedProxies",
  "problemReporting",
  "limits",
];

/**
 * Rejects invalid options.
 *
 * @throws ProviderSetupError `ERR_PROVIDER_OPTION`
 */
export function requireProviderOptions(options: ProviderOptions): void {
  const unchecked = VERIFIER_OPTIONS.map((name) => [name, ANYTHING] as const);
  requireOptions(options, { ...RULES, ...Object.fromEntries(unchecked) }, (name, problem) => {
    return new ProviderSetupError("ERR_PROVIDER_OPTION", `createProvider: ${name} ${problem}`);
  });
}

const ANYTHING = { mustBe: "anything", isValid: () => true };
