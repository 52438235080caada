import { BaseStringError } from "@oauth1/base-string";
import { buildBaseString } from "@oauth1/base-string/steps";
import { acceptSignatureMethods, SignatureMethodError } from "@oauth1/signature-methods";
import { checkBodyHash, readBody, requirePlace } from "./body.js";
import { hasKeyFor, isSigned, type VerifyingMethod } from "./check-signature.js";
import { checkTimestamp } from "./check-timestamp.js";
import type { KnownClient, KnownToken } from "./credential-store.js";
import { requireUsableOrRandom, type UsableCredentials } from "./credentials/require-usable.js";
import { readForm } from "./form.js";
import { knownLimits } from "./limits.js";
import type { Message } from "./messages/message.js";
import { readMessage } from "./messages/read-message.js";
import type { SpendResult } from "./nonce-store.js";
import { type Counts, createObserver } from "./observability/observer.js";
import { Problem, type RejectionCode } from "./problem.js";
import { isPromiseLike } from "./promise-like.js";
import { prepareRandomCredentials, type RandomCredentials } from "./random-credentials.js";
import { receiveRequest } from "./receive-request.js";
import {
  absent,
  type ReceivedParameters,
  receiveParameters,
  rejected,
  requireParameters,
} from "./received-parameters.js";
import type { ReceivedRequest, RequestContext, VerifiableRequest } from "./received-request.js";
import { prepareRejection } from "./rejection.js";
import { prepareRequestUrl, type RequestUrl } from "./request-url.js";
import { systemClock } from "./system-clock.js";
import type { RejectedRequest, Verification, VerifiedRequest } from "./verification.js";
import { requireVerifierOptions, type VerifierOptions } from "./verifier-options.js";

/** Verifies requests. */
export interface Verifier<Caller = unknown> {
  /**
   * Verifies one request. The handler can still read the body.
   *
   * @param request - A web `Request`, an `IncomingMessage`, or plain data.
   * @param context - Facts that a `Request` and plain data do not contain.
   * @returns The caller, or the response to send. The promise never rejects because of what a
   * caller sent.
   * @throws VerifierError `ERR_BODY_READ` if something else has already read a body that is needed.
   */
  verify(
    this: void,
    request: VerifiableRequest,
    context?: RequestContext,
  ): Promise<Verification<Caller>>;
  /**
   * Returns a request as plain data, without verifying it: with the URL that the client called,
   * from which a signature is verified, and with the headers and the body that signatures are about.
   * The handler can still read the body. For tools that explain a rejection.
   *
   * @param request - The same as for `verify`.
   * @param context - The same as for `verify`.
   * @returns `undefined` if the request is malformed, or its body exceeds the limits.
   * @throws VerifierError `ERR_BODY_READ` if something else has already read the body.
   */
  receive(
    this: void,
    request: VerifiableRequest,
    context?: RequestContext,
  ): Promise<ReceivedRequest | undefined>;
  /** The number of requests verified, and rejected for each problem, so far. */
  readonly counts: Readonly<Counts>;
}

/**
 * Creates a verifier (RFC 5849 §3.2). It checks in this order, and reports the first failure:
 * limits, one transmission, no duplicates, no missing parameters, version, signature method,
 * timestamp, client and token, signature, body hash. The nonce is spent last.
 *
 * @param options - Stores, accepted methods and limits.
 * @throws VerifierError if an option is missing, misspelled or of the wrong type.
 * @throws AuthorizationHeaderError `ERR_REALM` if a header cannot contain the realm.
 * @see RFC 5849 §3.2, OAuth Problem Reporting
 *
 * @example
 * ```ts
 * import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
 *
 * const used = new Set<string>();
 * const verifier = createVerifier({
 *   credentials: {
 *     find: (identifier) =>
 *       identifier === "dpf43f3p2l4k3l03"
 *         ? {
 *             client: { identifier, sharedSecrets: ["kd94hf93k423kf44"] },
 *             caller: { account: 7 },
 *           }
 *         : { client: undefined },
 *   },
 *   nonces: {
 *     spend: ({ nonce }) => (used.size < used.add(nonce).size ? "fresh" : "used"),
 *   },
 *   signatureMethods: [hmacSha1],
 *   clock: () => 137131200, // default: the system clock
 * });
 *
 * // The first request of RFC 5849 §1.2.
 * const request = {
 *   method: "POST",
 *   url: "https://photos.example.net/initiate",
 *   headers: {
 *     Authorization:
 *       'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", ' +
 *       'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131200", oauth_nonce="wIjqoS", ' +
 *       'oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready", ' +
 *       'oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"',
 *   },
 * };
 * const first = await verifier.verify(request);
 * first.verified && first.caller; // { account: 7 }
 * const second = await verifier.verify(request);
 * second.verified || second.problem; // "nonce_used"
 * ```
 */
export function createVerifier<Caller = unknown>(
  options: VerifierOptions<Caller>,
): Verifier<Caller> {
  requireVerifierOptions(options);
  return createVerifierOf(options, (_method, verified) => verified);
}

/** A verifier whose result says more about an accepted request. */
export interface VerifierOf<Caller, Accepted extends VerifiedRequest<Caller>>
  extends Verifier<Caller> {
  verify(
    this: void,
    request: VerifiableRequest,
    context?: RequestContext,
  ): Promise<Accepted | RejectedRequest>;
}

/**
 * Creates a verifier of requests of one kind.
 *
 * @param options - Checked by the caller.
 * @param accept - Called with the method of a request whose signature is valid, before the nonce is
 * spent. It returns what the verifier returns, or throws a `Problem`.
 */
export function createVerifierOf<Caller, Accepted extends VerifiedRequest<Caller>>(
  options: VerifierOptions<Caller>,
  accept: (method: string, verified: VerifiedRequest<Caller>) => Accepted,
): VerifierOf<Caller, Accepted> {
  const { timestampTolerance = 300 } = options;
  const limits = knownLimits(options.limits);
  const clock = requireClock(options.clock ?? systemClock);
  const acceptMethod = acceptSignatureMethods(options.signatureMethods);
  const acceptedNames = options.signatureMethods.map(({ name }) => name).join(", ");
  const requestUrl = prepareRequestUrl(options);
  const reject = prepareRejection(options.realm, options.problemReporting ?? "code");
  const observer = createObserver();
  const randomCredentials = prepareRandomCredentials();

  function acceptedMethod(name: string): VerifyingMethod | undefined {
    try {
      return acceptMethod(name);
    } catch (error) {
      if (!(error instanceof SignatureMethodError)) throw error;
      return undefined;
    }
  }

  /**
   * RFC 5849 §3.2: accepts only listed methods, and none that reveals the secrets to the network.
   */
  function requireAcceptable(
    method: VerifyingMethod | undefined,
    url: RequestUrl,
  ): VerifyingMethod {
    if (method === undefined) {
      throw new Problem(
        "signature_method_rejected",
        `oauth_signature_method must be one of ${acceptedNames}`,
      );
    }
    if (method.revealsSecrets && !url.isEncrypted && options.allowInsecureTransport !== true) {
      throw new Problem("signature_method_rejected", "this signature method requires https");
    }
    return method;
  }

  async function check(message: Message, claim: Claim): Promise<Accepted> {
    if (message.target.length > limits.requestTarget) {
      throw new Problem(
        "limit_exceeded",
        "the request-target is longer than limits.requestTarget",
        { status: 414 },
      );
    }
    const url = requestUrl(message);
    const pendingForm = readForm(message, limits);
    const form = pendingForm && (await pendingForm);
    const received = receiveParameters(message, url, form, limits);
    const { named } = received;
    const { clientIdentifier = "", bodyHash } = named;
    claim.client = named.clientIdentifier;

    const acceptable = acceptedMethod(named.signatureMethod ?? "");
    requireParameters(named, acceptable);
    if ((named.version ?? "1.0") !== "1.0") {
      throw new Problem("version_rejected", "oauth_version must be 1.0", {
        companion: ["oauth_acceptable_versions", "1.0-1.0"],
      });
    }
    const method = requireAcceptable(acceptable, url);
    if (bodyHash !== undefined) requirePlace(bodyHash, form !== undefined, method);
    const spendable = checkTimestamp(named, {
      tolerance: timestampTolerance,
      now: clock(),
      limits,
    });

    // An empty token counts as absent. Some clients send it, though RFC 5849 §3.1 lets them omit
    // it.
    const tokenIdentifier = named.tokenIdentifier || undefined;
    requireToken(options.token, tokenIdentifier);
    const asked = atStore("credentials", () =>
      options.credentials.find(clientIdentifier, tokenIdentifier),
    );
    const answer = isPromiseLike(asked) ? await asked : asked;
    const random = randomCredentials();
    const found = usableCredentials<Caller>(answer, tokenIdentifier !== undefined, random);
    const verdict = checkSigned(message, url, received, method, found, random);
    const isValid = isPromiseLike(verdict) ? await verdict : verdict;
    const problem = rejectionReason(found, method, isValid);
    if (problem !== undefined) throw problem;
    const { identifier } = found.client;

    let body = form;
    if (form === undefined && (bodyHash !== undefined || options.requireBodyHash === true)) {
      body = await readBody(message, limits);
      if (bodyHash !== undefined) await checkBodyHash(method, body, bodyHash);
      else if (body.length > 0) throw absent(["oauth_body_hash"]);
    }
    const accepted = accept(message.method, {
      verified: true,
      client: { identifier },
      token: tokenIdentifier === undefined ? undefined : { identifier: tokenIdentifier },
      caller: found.caller,
      signatureMethod: method.name,
      transmission: received.transmission,
      realm: received.realm,
      parameters: received.list,
      url: url.text,
      body,
      form: received.form,
    });
    if (spendable !== undefined) {
      const spent = atStore("nonces", () =>
        options.nonces.spend({ client: identifier, token: tokenIdentifier, ...spendable }),
      );
      requireFresh(isPromiseLike(spent) ? await spent : spent);
    }
    return accepted;
  }

  return {
    async verify(request, context = {}) {
      const start = observer.start();
      const claim: Claim = { client: undefined };
      try {
        const verified = await check(readMessage(request, context), claim);
        observer.verified(verified, start);
        return verified;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const rejected = reject(error, claim.client);
        observer.rejected(rejected, start);
        return rejected;
      }
    },
    async receive(request, context = {}) {
      try {
        const message = readMessage(request, context);
        return await receiveRequest(message, requestUrl(message), limits);
      } catch (error) {
        if (error instanceof Problem) return undefined;
        throw error;
      }
    },
    counts: observer.counts,
  };
}

/** The claims of a request, for observers of its rejection. */
interface Claim {
  client: string | undefined;
}

function requireFresh(answer: SpendResult): void {
  if (answer === "fresh") return;
  if (answer === "used") throw new Problem("nonce_used", "oauth_nonce was already used");
  if (answer === "stale") {
    throw new Problem(
      "timestamp_refused",
      "oauth_timestamp is older than what the server's nonce store remembers",
    );
  }
  throw unavailable("nonces", new TypeError('spend() must return "fresh", "used" or "stale"'));
}

/** With an invalid time, comparisons would all fail or all succeed. */
function requireClock(clock: () => number): () => number {
  return () => {
    const now: unknown = clock();
    if (Number.isFinite(now)) return now as number;
    throw unavailable("clock", new TypeError("clock() must return seconds since 1970"));
  };
}

/** Rejects a request that must have a token and has none, or the other way round. */
function requireToken(expected: VerifierOptions["token"], token: string | undefined): void {
  if (expected === "required" && token === undefined) throw absent(["oauth_token"]);
  if (expected === "none" && token !== undefined) {
    throw rejected("the request must not have an oauth_token", [["oauth_token", token]]);
  }
}

function usableCredentials<Caller>(
  answer: unknown,
  hasToken: boolean,
  random: RandomCredentials,
): UsableCredentials<Caller> {
  try {
    return requireUsableOrRandom(answer, hasToken, random);
  } catch (cause) {
    throw unavailable("credentials", cause);
  }
}

/** If the server lacks anything, nothing is accepted. */
function unavailable(what: "credentials" | "nonces" | "clock", cause: unknown): Problem {
  return new Problem("store_unavailable", `the server's ${what} cannot be used at the moment`, {
    cause,
  });
}

function checkSigned(
  message: Message,
  url: RequestUrl,
  received: ReceivedParameters,
  method: VerifyingMethod,
  found: UsableCredentials,
  random: RandomCredentials,
): boolean | Promise<boolean> {
  const baseString = baseStringOf(message.method, url, received.signed);
  const signature = received.named.signature ?? "";
  return atStore("credentials", () => isSigned({ method, baseString, signature }, found, random));
}

function baseStringOf(
  method: string,
  url: RequestUrl,
  signed: ReceivedParameters["signed"],
): string {
  try {
    return buildBaseString(method, url.uri, signed);
  } catch (error) {
    if (!(error instanceof BaseStringError)) throw error;
    throw new Problem("request_rejected", "the request method is malformed");
  }
}

/**
 * Returns what is wrong with client, token or signature, in this order. All three are determined
 * before one is selected, so that unknown and wrong credentials take the same work. Only a caller
 * with a valid signature learns the status of a client or token. Everyone else gets the same
 * problem, whatever they name.
 */
function rejectionReason(
  { client, isClientKnown, token, isTokenKnown }: UsableCredentials,
  method: VerifyingMethod,
  isValid: boolean,
): Problem | undefined {
  const { status: clientStatus = "enabled" } = client;
  const { status: tokenStatus = "enabled" } = token ?? {};
  // The last one in this order is determined first, so that each reason takes the same path.
  let problem = signatureProblem(client, method, isValid);
  problem = methodProblem(client, method) ?? problem;
  problem =
    TOKEN_PROBLEMS[isTokenKnown || token === undefined ? tokenStatus : "unknown"] ?? problem;
  problem = CLIENT_PROBLEMS[isClientKnown ? clientStatus : "unknown"] ?? problem;
  return problem && new Problem(...problem, isValid ? {} : { told: "signature_invalid" });
}

type Reason = readonly [code: RejectionCode, advice: string] | undefined;

const CLIENT_PROBLEMS: Readonly<Record<NonNullable<KnownClient["status"]> | "unknown", Reason>> = {
  unknown: ["consumer_key_unknown", "the client is unknown"],
  enabled: undefined,
  refused: ["consumer_key_refused", "the client is temporarily refused"],
  rejected: ["consumer_key_rejected", "the client is rejected"],
};

const TOKEN_PROBLEMS: Readonly<Record<NonNullable<KnownToken["status"]> | "unknown", Reason>> = {
  unknown: ["token_rejected", "the token is unknown or belongs to another client"],
  enabled: undefined,
  used: ["token_used", "the token is used"],
  expired: ["token_expired", "the token is expired"],
  revoked: ["token_revoked", "the token is revoked"],
  rejected: ["token_rejected", "the token is rejected"],
};

function methodProblem({ signatureMethods }: KnownClient, { name }: VerifyingMethod): Reason {
  if (signatureMethods?.includes(name) !== false) return undefined;
  return ["signature_method_rejected", `the client must not use ${name}`];
}

function signatureProblem(client: KnownClient, method: VerifyingMethod, isValid: boolean): Reason {
  if (isValid) return undefined;
  return [
    "signature_invalid",
    hasKeyFor(method, client)
      ? "oauth_signature does not match the request"
      : `the client has no ${method.keyType === "rsa" ? "publicKey" : "sharedSecrets"}, which ${method.name} needs`,
  ];
}

/**
 * If a store is unavailable, or its credentials cannot be used, nothing is accepted. A synchronous
 * answer is not awaited, because a turn of the promise queue costs as much as a Map lookup.
 */
function atStore<Value>(
  store: "credentials" | "nonces",
  ask: () => Value | Promise<Value>,
): Value | Promise<Value> {
  const fail = (cause: unknown): never => {
    throw unavailable(store, cause);
  };
  try {
    const answer = ask();
    return isPromiseLike(answer) ? Promise.resolve(answer).catch(fail) : answer;
  } catch (cause) {
    return fail(cause);
  }
}
