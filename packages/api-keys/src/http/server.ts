import {
  aBoolean,
  aFunction,
  aString,
  hasFunction,
  listOf,
  openRecord,
  optional,
  type Rule,
  type Rules,
  record,
} from "@oauth1/options";
import { createVerifier, type NonceStore, type VerifierOptions } from "@oauth1/verifier";
import { cachedCredentials } from "@oauth1/verifier/credentials/cache";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import type { Hono } from "hono";
import { ACCEPTED_METHODS } from "../accepted-methods.js";
import { applicationCredentials } from "../applications/application-credentials.js";
import { checkArguments } from "../check-arguments.js";
import { checkOptions } from "../check-options.js";
import type { Installation } from "../installation.js";
import { prepareExplanations } from "../usage/explain-rejection.js";
import { prepareRecorder } from "../usage/recorder.js";
import { type KeyCaller, keyCredentialStore } from "../verification/credential-store.js";
import { addAccountApi } from "./account-api.js";
import { apiApp } from "./api-app.js";
import { addApplicationApi } from "./application-api.js";
import { prepareClient, type ServerAddress } from "./client.js";
import { addConsoleApi } from "./console-api.js";
import { addOAuthEndpoints } from "./oauth-endpoints.js";
import { answerProblem, HttpProblem } from "./problem.js";
import { sessionCookies } from "./session-cookie.js";
import { addWhoamiApi } from "./whoami-api.js";

/** The options of `createApiKeysServer`. */
export interface ApiKeysServerOptions extends ServerAddress {
  /** Called with internal errors, to log them. The default writes to standard error. */
  readonly onFault?: ((error: unknown) => void) | undefined;
  /**
   * The store of used nonces, for example in Redis. The default is the installation's database,
   * which keeps them across restarts.
   */
  readonly nonces?: NonceStore | undefined;
  /**
   * If true, requests that reveal secrets to the network are accepted over http: PLAINTEXT
   * signatures and bot logins. The default is `false`.
   */
  readonly allowInsecureTransport?: boolean | undefined;
  /**
   * If false, the last calls of keys are not recorded, only their number and the last use. The
   * default is `true`. No secret, signature, value of a query and body is recorded.
   */
  readonly recordCalls?: boolean | undefined;
  /** More options of the verifier: `timestampTolerance`, `realm`, … */
  readonly verifier?:
    | Partial<
        Omit<
          VerifierOptions<KeyCaller>,
          "allowInsecureTransport" | "credentials" | "nonces" | "publicOrigin" | "trustedProxies"
        >
      >
    | undefined;
}

/**
 * Checks the options of {@link createApiKeysServer}, so that a program can reject a wrong one before
 * it opens an installation.
 *
 * @throws ApiKeysError `ERR_ARGUMENT` if an option is wrong.
 * @throws VerifierError if the verifier rejects an option.
 *
 * @example
 * ```ts
 * let code: string | undefined;
 * try {
 *   checkServerOptions({ publicPath: "keys" });
 * } catch (error) {
 *   code = (error as ApiKeysError).code;
 * }
 * code; // "ERR_ARGUMENT"
 * ```
 */
export function checkServerOptions(options: ApiKeysServerOptions): void {
  checkOptions("createApiKeysServer", options, RULES);
  prepareClient(options);
  createVerifier(verifierOptionsOf(options, UNUSED));
}

/** Stores of a verifier that verifies nothing. */
const UNUSED: Pick<VerifierOptions<KeyCaller>, "credentials" | "nonces"> = {
  credentials: { find: () => ({ client: undefined }) },
  nonces: { spend: () => "used" },
};

/**
 * Creates the HTTP API as a Hono app, below the public path if there is one: the console's API and
 * the protected API below `/api/`, `/api/openapi.json`, which describes both, and the endpoints at
 * which applications get tokens below `/oauth`.
 *
 * @throws ApiKeysError `ERR_ARGUMENT` if an option is wrong.
 * @throws VerifierError if the verifier rejects an option.
 */
export function createApiKeysServer(
  installation: Installation,
  options: ApiKeysServerOptions = {},
): Hono {
  checkArguments({ installation });
  checkOptions("createApiKeysServer", options, RULES);
  const { onFault = console.error, publicOrigin, publicPath = "", trustedProxies } = options;
  const { allowInsecureTransport = false, recordCalls = true } = options;
  const app = apiApp(onFault, publicPath);
  const clientOf = prepareClient(options);
  const cookies = sessionCookies(publicPath, (context) => clientOf(context).isSecure);
  const credentials = cachedCredentials(keyCredentialStore(installation), CACHE);
  const verifierOptions = verifierOptionsOf(options, {
    credentials,
    nonces: options.nonces ?? postgresNonceStore(installation.client, { onSweepError: onFault }),
  });
  const common = {
    clientOf,
    cookies,
    publicPath,
    recorder: prepareRecorder(installation, { recordCalls, onFault }),
  };
  addConsoleApi(app, installation, {
    ...common,
    onFault,
    onKeyChanged: (client) => credentials.forget(client),
  });
  addAccountApi(app, installation, {
    ...common,
    verifier: createVerifier(verifierOptions),
    bodyVerifier: createVerifier({ ...verifierOptions, requireBodyHash: true }),
    allowInsecureTransport,
    credentials,
    explain: prepareExplanations(credentials, onFault),
  });
  const { credentials: _, ...shared } = verifierOptions;
  const { realm, timestampTolerance, problemReporting, limits, clock } = options.verifier ?? {};
  const { nonces, signatureMethods } = shared;
  const provider = addOAuthEndpoints(app, installation, {
    ...{ clientOf, cookies, publicPath, publicOrigin, trustedProxies, allowInsecureTransport },
    ...{ nonces, signatureMethods, realm, timestampTolerance, problemReporting, limits, clock },
  });
  const granted = cachedCredentials(
    applicationCredentials(installation, provider.credentials),
    CACHE,
  );
  addWhoamiApi(app, createVerifier({ ...shared, credentials: granted, token: "required" }));
  addApplicationApi(app, installation, {
    publicPath,
    onApplicationChanged: (client) => granted.forget(client),
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: cookies.nameOf("console", true),
    description:
      "Over http its name is `oauth1-console`. Requests that change something also need the X-CSRF-Token header.",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "botSession", {
    type: "apiKey",
    in: "cookie",
    name: cookies.nameOf("bot", true),
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "oauth", {
    type: "http",
    scheme: "OAuth",
    description: "RFC 5849, with the four values of an API key",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "oauthToken", {
    type: "http",
    scheme: "OAuth",
    description:
      "RFC 5849, with the client credentials of a registered application and the token that a user granted it. `/oauth` describes where it gets one.",
  });
  app.doc31("/api/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "OAuth 1.0 API keys",
      version: "1",
      description:
        "Paths below `/api/console` need a session: sign in on the console's page or with `POST /api/console/session`, and send the session's CSRF token in `X-CSRF-Token` with every request that changes something. Paths below `/api/account` need a request that is signed with an API key (RFC 5849).",
    },
  });
  app.all("/api/*", (context) =>
    answerProblem(context, new HttpProblem(404, "not_found", "the path does not exist")),
  );
  // The variables of its context are private.
  return app as unknown as Hono;
}

function verifierOptionsOf(
  { verifier, publicOrigin, trustedProxies, allowInsecureTransport = false }: ApiKeysServerOptions,
  stores: Pick<VerifierOptions<KeyCaller>, "credentials" | "nonces">,
) {
  return {
    signatureMethods: ACCEPTED_METHODS,
    ...verifier,
    ...{ publicOrigin, trustedProxies, allowInsecureTransport },
    ...stores,
  };
}

/** Options of the verifier that the server sets. */
const notForVerifier: Rule = optional({
  mustBe: "omitted; the server sets it",
  isValid: () => false,
});

const RULES: Rules = {
  publicOrigin: optional({ ...aString, mustBe: "a string such as https://keys.example.com" }),
  publicPath: optional({
    mustBe: "a path such as /keys, without a slash at the end",
    isValid: (value) => typeof value === "string" && PUBLIC_PATH.test(value),
  }),
  trustedProxies: optional({
    ...record({
      addresses: { ...listOf(aString), mustBe: "a list of IP addresses and ranges" },
      fields: { ...listOf(aString), mustBe: "a list of header names" },
    }),
    mustBe: "an object with addresses and fields",
  }),
  addressOf: optional({ ...aFunction, mustBe: "a function that returns an IP address" }),
  onFault: optional(aFunction),
  nonces: optional({
    mustBe: "a nonce store with a function spend",
    isValid: (value) => hasFunction(value, "spend"),
  }),
  allowInsecureTransport: optional(aBoolean),
  recordCalls: optional(aBoolean),
  // The verifier checks the others itself.
  verifier: optional(
    openRecord("an object with options of the verifier", {
      allowInsecureTransport: notForVerifier,
      credentials: notForVerifier,
      nonces: notForVerifier,
      publicOrigin: notForVerifier,
      trustedProxies: notForVerifier,
    }),
  ),
};

/** Segments of unreserved characters, so that no client and no proxy spells it in another way. */
const PUBLIC_PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/;

/** Disabled keys stop working within 5 seconds in every process. New keys work within 1 second. */
const CACHE = { maxAge: 3, maxUnknownAge: 1 };
