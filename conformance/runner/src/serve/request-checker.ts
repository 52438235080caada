import { type Diagnosis, diagnose, type ReceivedRequest } from "@oauth1/diagnosis";
import { normalizePercentEncoding, PercentEncodingError } from "@oauth1/percent-encoding";
import { methodDescriptions } from "@oauth1/signature-methods/descriptions";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import type { CheckedRequest, Finding } from "./checked-request.js";
import { publicKeyOf, type TestCredentials } from "./test-credentials.js";

/** The seconds by which a timestamp may differ from the clock. */
const TOLERANCE = 300;

/**
 * Checks requests that must be signed with test credentials. `diagnose()` explains the content
 * of a request. This adds what only a server knows: the expected client, and the nonces that
 * were used before.
 *
 * @param clock - Returns the time in whole seconds since 1970.
 */
export function requestChecker(
  { client, token }: TestCredentials,
  clock: () => number,
): (request: ReceivedRequest) => CheckedRequest {
  let now = clock();
  const nonces = memoryNonceStore({ clock: () => now, since: 0 });
  const secrets = {
    clientSharedSecret: client.sharedSecret,
    tokenSharedSecret: token.sharedSecret,
    publicKey: client.privateKey === undefined ? undefined : publicKeyOf(client.privateKey),
  };

  return (request) => {
    now = clock();
    const diagnosis = diagnose(request, secrets, {
      now,
      timestampTolerance: TOLERANCE,
      // The credentials are for tests, and this server does not support https.
      allowInsecureTransport: true,
    });
    const values = new Map(diagnosis.protocolParameters);
    const known = [...checkClient(values, client), ...checkToken(values, token)];
    // Only an authentic request spends its nonce, so that a client cannot spend the nonces of
    // others.
    const isAuthentic = diagnosis.valid && known.every(({ holds }) => holds);
    return checkedRequest(request, diagnosis, [
      ...known,
      ...(isAuthentic ? spendNonce(values) : []),
    ]);
  };

  /** RFC 5849 §3.3. PLAINTEXT may have neither nonce nor timestamp (§3.4.4). */
  function spendNonce(values: Values): Finding[] {
    const nonce = values.get("oauth_nonce");
    const timestamp = Number(values.get("oauth_timestamp"));
    if (nonce === undefined || Number.isNaN(timestamp)) return [];
    const result = nonces.spend({
      client: client.identifier,
      token: values.get("oauth_token") || undefined,
      timestamp,
      nonce,
      expires: timestamp + TOLERANCE,
    });
    return [
      finding(
        "nonce-unused",
        "§3.3",
        "The nonce is unique across all requests with the same timestamp, client and token.",
        "nonce_used",
        NONCE_TEXTS[result],
      ),
    ];
  }
}

/** The fault of a nonce. */
const NONCE_TEXTS = {
  fresh: undefined,
  used: "The nonce was used before with this timestamp, client and token.",
  stale: "The timestamp is older than the nonces that the server remembers.",
} as const;

/** The protocol parameters. */
type Values = ReadonlyMap<string, string>;

function checkClient(values: Values, client: TestCredentials["client"]): Finding[] {
  const identifier = values.get("oauth_consumer_key");
  const method = methodDescriptions.find(
    ({ name }) => name === values.get("oauth_signature_method"),
  );
  const findings: Finding[] = [];
  if (identifier !== undefined) {
    findings.push(
      finding(
        "client",
        "§3.2",
        "The server rejects a request with invalid client credentials.",
        "consumer_key_unknown",
        identifier === client.identifier
          ? undefined
          : `oauth_consumer_key must be the identifier of the test client, ${JSON.stringify(client.identifier)}.`,
      ),
    );
  }
  if (method?.keyType === "rsa") {
    findings.push(
      finding(
        "client-key",
        "§3.4.3",
        "The server has the public key of a client that signs with RSA.",
        "signature_method_rejected",
        client.privateKey === undefined
          ? "The test client has no RSA key: start the server with one."
          : undefined,
      ),
    );
  }
  return findings;
}

function checkToken(values: Values, token: TestCredentials["token"]): Finding[] {
  // An empty token counts as absent: RFC 5849 §3.1 lets clients omit it.
  const identifier = values.get("oauth_token") || undefined;
  if (identifier === undefined) return [];
  return [
    finding(
      "token",
      "§3.2",
      "The server rejects a request with an invalid or expired token.",
      "token_rejected",
      identifier === token.identifier
        ? undefined
        : `oauth_token must be the identifier of the test token, ${JSON.stringify(token.identifier)}, or absent.`,
    ),
  ];
}

/** @param wrong - What is wrong, in one sentence; `undefined` if the request follows the rule. */
function finding(
  rule: Finding["rule"],
  section: string,
  sentence: string,
  problem: Finding["problem"],
  wrong: string | undefined,
): Finding {
  const holds = wrong === undefined;
  return {
    rule,
    section,
    sentence,
    problem,
    holds,
    text: wrong ?? "The request follows this rule.",
  };
}

function checkedRequest(
  { method, url }: ReceivedRequest,
  diagnosis: Diagnosis,
  known: readonly Finding[],
): CheckedRequest {
  const all: Finding[] = [...diagnosis.findings, ...known];
  const broken = all.filter(({ holds }) => !holds);
  const valid = broken.length === 0;
  const { protocolParameters, maskedKey, causes } = diagnosis;
  // A request is not signed as long as it names neither its signer nor the method.
  const baseString = protocolParameters.length === 0 ? undefined : diagnosis.baseString;
  const [cause] = causes;
  return {
    method,
    url: withoutSignature(url),
    valid,
    status: valid ? 200 : statusOf(broken, diagnosis),
    summary: [
      ...(diagnosis.valid && !valid ? [] : [diagnosis.summary]),
      ...known
        .filter(({ holds }) => !holds)
        .map(({ text, section }) => `${text.replace(/\.$/, "")} (${section}).`),
    ].join(" "),
    findings: [...broken, ...all.filter(({ holds }) => holds)],
    causes: causes.map(({ mistakes, section, text }) => ({ mistakes, section, text })),
    ...(baseString !== undefined && { baseString }),
    ...(maskedKey !== undefined && { maskedKey }),
    // All causes give the same base string and the same key, so one of them represents all.
    ...(cause !== undefined && {
      signed: {
        baseString: cause.baseString,
        ...(cause.maskedKey !== undefined && { maskedKey: cause.maskedKey }),
        comparison: cause.comparison,
      },
    }),
  };
}

/** RFC 5849 §3.2. */
function statusOf(broken: readonly Finding[], { protocolParameters }: Diagnosis): 400 | 401 {
  const isUnsigned = protocolParameters.length === 0;
  const isMalformed = broken.some(({ problem }) =>
    problem === "parameter_absent" ? !isUnsigned : MALFORMED.has(problem),
  );
  return isMalformed ? 400 : 401;
}

/** Unsupported parameters and methods, and duplicated parameters. */
const MALFORMED: ReadonlySet<Finding["problem"]> = new Set([
  "parameter_rejected",
  "version_rejected",
  "signature_method_rejected",
  "request_rejected",
]);

/**
 * Removes the signature from a query (RFC 5849 §3.5.3), because that of PLAINTEXT is the
 * secrets (§3.4.4).
 */
function withoutSignature(url: string): string {
  return url.replace(/([?&])([^?&=#]*)=[^&#]*/g, (parameter, mark: string, name: string) =>
    isSignatureName(name) ? `${mark}${name}=…` : parameter,
  );
}

function isSignatureName(name: string): boolean {
  try {
    return normalizePercentEncoding(name, { plus: "space" }) === "oauth_signature";
  } catch (error) {
    if (!(error instanceof PercentEncodingError)) throw error;
    return false;
  }
}
