import { BaseStringError } from "@oauth1/base-string";
import { buildBaseString } from "@oauth1/base-string/steps";
import { acceptSignatureMethods, SignatureMethodError } from "@oauth1/signature-methods";
import { checkBodyHash, readBody, requirePlace } from "./body.js";
import { hasKeyFor, isSigned, type VerifyingMethod } from "./check-signature.js";
import { checkTimestamp } from "./check-timestamp.js";
import type { FoundCredentials } from "./credential-store.js";
import { requireUsable } from "./credentials/require-usable.js";
import { readForm } from "./form.js";
import { knownLimits } from "./limits.js";
import type { Message } from "./messages/message.js";
import { readMessage } from "./messages/read-message.js";
import type { SpendResult } from "./nonce-store.js";
import { type Counts, createObserver } from "./observability/observer.js";
import { Problem, type RefusalCode } from "./problem.js";
import { isPromiseLike } from "./promise-like.js";
import {
  absent,
  type ReceivedParameters,
  receiveParameters,
  requireParameters,
} from "./received-parameters.js";
import type { RequestContext, VerifiableRequest } from "./received-request.js";
import { prepareRefusal } from "./refusal.js";
import { prepareRequestUrl, type RequestUrl } from "./request-url.js";
import { systemClock } from "./system-clock.js";
import type { Verification, VerifiedRequest } from "./verification.js";
import { requireVerifierOptions, type VerifierOptions } from "./verifier-options.js";

/** Verifies requests. */
export interface Verifier<Caller = unknown> {
  /**
   * Verifies one request. What of the body is read can be read again by the handler.
   *
   * @param request - A web `Request`, an `IncomingMessage`, or plain data.
   * @param context - What a `Request` and plain data do not say.
   * @returns Who called, or what to answer. It is never rejected for what a caller sent.
   * @throws VerifierError `ERR_BODY_READ` where something else has read a body that is needed.
   */
  verify(
    this: void,
    request: VerifiableRequest,
    context?: RequestContext,
  ): Promise<Verification<Caller>>;
  /** How many requests were verified, and how many refused for each problem, until now. */
  readonly counts: Readonly<Counts>;
}

/**
 * Creates a verifier (RFC 5849 §3.2). The checks come in this order, and the first that fails is
 * the problem: limits, one transmission, no duplicates, nothing missing, version, signature method,
 * timestamp, client and token, signature, body hash, and only then is the nonce spent.
 *
 * @param options - Stores, accepted methods and bounds.
 * @throws VerifierError if an option is missing, unknown or of the wrong kind.
 * @throws AuthorizationHeaderError `ERR_REALM` where the realm cannot stand in a header field.
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
  const { timestampTolerance = 300 } = options;
  const limits = knownLimits(options.limits);
  const clock = requireClock(options.clock ?? systemClock);
  const acceptMethod = acceptSignatureMethods(options.signatureMethods);
  const acceptedNames = options.signatureMethods.map(({ name }) => name).join(", ");
  const requestUrl = prepareRequestUrl(options);
  const refuse = prepareRefusal(options.realm, options.problemReporting ?? "code");
  const observer = createObserver();

  function acceptedMethod(name: string): VerifyingMethod | undefined {
    try {
      return acceptMethod(name);
    } catch (error) {
      if (!(error instanceof SignatureMethodError)) throw error;
      return undefined;
    }
  }

  /** RFC 5849 §3.2: accepted methods only, and none that shows the secrets to the network. */
  function requireAcceptable(
    method: VerifyingMethod | undefined,
    url: RequestUrl,
  ): VerifyingMethod {
    if (method === undefined) {
      throw new Problem(
        "signature_method_rejected",
        `the signature method is not accepted; accepted: ${acceptedNames}`,
      );
    }
    if (method.revealsSecrets && !url.isEncrypted && options.allowInsecureTransport !== true) {
      throw new Problem("signature_method_rejected", "this signature method needs https");
    }
    return method;
  }

  async function check(message: Message, claim: Claim): Promise<VerifiedRequest<Caller>> {
    if (message.target.length > limits.requestTarget) {
      throw new Problem("limit_exceeded", "the request-target is too long", { status: 414 });
    }
    const url = requestUrl(message);
    const form = await readForm(message, limits);
    const received = receiveParameters(message, url, form, limits);
    const { byName } = received;
    const value = (name: string) => byName.get(name) ?? "";
    claim.client = byName.get("oauth_consumer_key");

    const named = acceptedMethod(value("oauth_signature_method"));
    requireParameters(byName, named);
    if (byName.has("oauth_version") && value("oauth_version") !== "1.0") {
      throw new Problem("version_rejected", "oauth_version is not 1.0", {
        companion: ["oauth_acceptable_versions", "1.0-1.0"],
      });
    }
    const method = requireAcceptable(named, url);
    const bodyHash = byName.get("oauth_body_hash");
    if (bodyHash !== undefined) requirePlace(bodyHash, form !== undefined, method);
    const spendable = checkTimestamp(received, {
      tolerance: timestampTolerance,
      now: clock(),
      limits,
    });

    // An empty token is none: some clients send it so (RFC 5849 §3.1 lets them leave it out).
    const tokenIdentifier = value("oauth_token") || undefined;
    const asked = atStore("credentials", () =>
      options.credentials.find(value("oauth_consumer_key"), tokenIdentifier),
    );
    const answer = isPromiseLike(asked) ? await asked : asked;
    const found = usableCredentials<Caller>(answer);
    const verdict = checkSigned(message, url, received, method, found, tokenIdentifier);
    const isValid = isPromiseLike(verdict) ? await verdict : verdict;
    const problem = refusalReason(found, tokenIdentifier, method, isValid);
    if (problem !== undefined) throw problem;
    const identifier = found.client?.identifier ?? "";

    let body = form;
    if (form === undefined && (bodyHash !== undefined || options.requireBodyHash === true)) {
      body = await readBody(message, limits);
      if (bodyHash !== undefined) await checkBodyHash(method, body, bodyHash);
      else if (body.length > 0) throw absent(["oauth_body_hash"]);
    }
    if (spendable !== undefined) {
      const spent = atStore("nonces", () =>
        options.nonces.spend({ client: identifier, token: tokenIdentifier, ...spendable }),
      );
      requireFresh(isPromiseLike(spent) ? await spent : spent);
    }
    return {
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
    };
  }

  return {
    async verify(request, context = {}) {
      const observation = observer.start();
      const claim: Claim = { client: undefined };
      try {
        const verified = await check(readMessage(request, context), claim);
        observation.verified(verified);
        return verified;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const refused = refuse(error, claim.client);
        observation.refused(refused);
        return refused;
      }
    },
    counts: observer.counts,
  };
}

/** What a request claims of itself, for whoever observes its refusal. */
interface Claim {
  client: string | undefined;
}

function requireFresh(answer: SpendResult): void {
  if (answer === "fresh") return;
  if (answer === "used") throw new Problem("nonce_used", "the nonce was used before");
  if (answer === "stale") {
    throw new Problem("timestamp_refused", "the timestamp is from before the server's memory");
  }
  throw unavailable("nonces", new TypeError('spend() must return "fresh", "used" or "stale"'));
}

/** A clock that tells no time would let every comparison with it fail, or hold. */
function requireClock(clock: () => number): () => number {
  return () => {
    const now: unknown = clock();
    if (Number.isFinite(now)) return now as number;
    throw unavailable("clock", new TypeError("clock() must return seconds since 1970"));
  };
}

function usableCredentials<Caller>(answer: unknown): FoundCredentials<Caller> {
  try {
    return requireUsable(answer);
  } catch (cause) {
    throw unavailable("credentials", cause);
  }
}

/** Whatever the server itself lacks: nothing is accepted. */
function unavailable(what: "credentials" | "nonces" | "clock", cause: unknown): Problem {
  return new Problem("store_unavailable", `the server's ${what} cannot be used now`, { cause });
}

function checkSigned(
  message: Message,
  url: RequestUrl,
  { signed, byName }: ReceivedParameters,
  method: VerifyingMethod,
  found: FoundCredentials,
  token: string | undefined,
): boolean | Promise<boolean> {
  const baseString = baseStringOf(message.method, url, signed);
  const signature = byName.get("oauth_signature") ?? "";
  return atStore("credentials", () =>
    isSigned({ method, baseString, signature }, found.client, token !== undefined, found.token),
  );
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
 * What is wrong with client, token or signature, in this order. All of it is found out before, and
 * thrown in one place: what is unknown is rejected by the path of what is wrong. Only someone whose
 * signature is right is told what became of a client or a token; for everybody else there is one
 * problem, whoever is named.
 */
function refusalReason(
  { client, token }: FoundCredentials,
  tokenIdentifier: string | undefined,
  method: VerifyingMethod,
  isValid: boolean,
): Problem | undefined {
  const problem = (code: RefusalCode, advice: string) =>
    new Problem(code, advice, isValid ? {} : { told: "signature_invalid" });
  if (client === undefined) {
    return problem("consumer_key_unknown", "the client is not known");
  }
  if (client.status === "refused") {
    return problem("consumer_key_refused", "the client is rejected for now");
  }
  if (client.status === "rejected") {
    return problem("consumer_key_rejected", "the client is rejected");
  }
  if (tokenIdentifier !== undefined) {
    if (token === undefined) {
      return problem("token_rejected", "the token is not acceptable");
    }
    const { status = "enabled" } = token;
    if (status !== "enabled") return problem(`token_${status}`, `the token is ${status}`);
  }
  if (isValid) return undefined;
  return problem(
    "signature_invalid",
    hasKeyFor(method, client)
      ? "the signature is not that of the request"
      : `the client has no ${method.keyType === "rsa" ? "publicKey" : "sharedSecrets"}, which ${method.name} needs`,
  );
}

/**
 * A store that is down, or credentials that cannot be used: nothing is accepted. What answers at
 * once is not waited for: a turn of the queue of promises costs as much as a look-up in a Map.
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
