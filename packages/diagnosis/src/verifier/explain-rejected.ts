import type { ReceivedRequest } from "@oauth1/verifier";
import type { BaseStringDifference } from "../compare-base-strings.js";
import type { MistakeName } from "../mistakes.js";
import { adviceOf } from "./advice.js";
import { diagnoseRejected } from "./diagnose-rejected.js";
import { type DiagnoseRejectedOptions, requireExplainedArguments } from "./diagnosed-options.js";

/** Why a signature is invalid, in words that can be stored and logged. */
export interface RejectionExplanation {
  /** The mistakes that make the signature. Empty if no known mistake explains it. */
  readonly mistakes: readonly MistakeName[];
  /**
   * What the client does wrong, and the smallest change, with the section of RFC 5849. It consists
   * of the words of the catalogue, the method and the scheme. It contains no secret, no signature,
   * no name and no value of a parameter, and nothing of the path and the body.
   */
  readonly text: string;
}

/**
 * Explains a request whose signature a verifier rejected, in words that can be stored: for a server
 * that shows the owner of a key why a call was rejected, after it has answered.
 *
 * @param received - The request, from the verifier's `receive`.
 * @param client - The client identifier of the verifier's result.
 * @param options - Where the secrets are, and how long to search.
 * @returns `undefined` if the credentials are unknown, or nothing is wrong by these rules.
 * @throws DiagnosisError `ERR_DIAGNOSIS_OPTION` if an argument is missing, misspelled or of the wrong
 * type.
 * @see RFC 5849 §3.2
 *
 * @example
 * ```ts
 * const credentials = {
 *   find: (identifier: string) => ({
 *     client: { identifier, sharedSecrets: ["kd94hf93k423kf44"] },
 *   }),
 * };
 *
 * // The first request of RFC 5849 §1.2, which was signed for https and came by http.
 * const received = {
 *   method: "POST",
 *   url: "http://photos.example.net/initiate",
 *   headers: {
 *     Authorization:
 *       'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", ' +
 *       'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131200", oauth_nonce="wIjqoS", ' +
 *       'oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready", ' +
 *       'oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"',
 *   },
 * };
 * const explanation = await explainRejected(received, "dpf43f3p2l4k3l03", { credentials });
 * explanation?.mistakes; // ["SchemeSwapped"]
 * explanation?.text.startsWith("Your client signed https, the request came by http: "); // true
 * ```
 */
export async function explainRejected(
  received: ReceivedRequest,
  client: string,
  options: DiagnoseRejectedOptions,
): Promise<RejectionExplanation | undefined> {
  requireExplainedArguments(received, client, options);
  const found = await diagnoseRejected(received, client, options);
  if (found === undefined) return undefined;
  const { mistakes, differences } = found;
  const names = mistakes.map(({ name }) => name);
  const text =
    mistakes.length === 0
      ? "No known mistake explains the signature: check that client and server have the same secrets."
      : adviceOf(
          mistakes.map((mistake) => ({
            ...mistake,
            did: withDetails(mistake.name, differences) ?? mistake.did,
          })),
        );
  return { mistakes: names, text };
}

/** The words for a mistake whose details are a scheme or a method: never anything else. */
function withDetails(
  name: MistakeName,
  differences: readonly BaseStringDifference[],
): string | undefined {
  if (name === "SchemeSwapped") {
    const uri = differences.find(({ element }) => element === "base-string-uri");
    const [signed, sent] = [uri?.received, uri?.expected].map(
      (text) => /^https?(?=:)/.exec(text ?? "")?.[0],
    );
    return signed && sent && signed !== sent
      ? `signed ${signed}, the request came by ${sent}`
      : undefined;
  }
  if (name === "MethodOverridden") {
    const method = differences.find(({ element }) => element === "method");
    const [signed, sent] = [method?.received, method?.expected];
    return isMethod(signed) && isMethod(sent)
      ? `signed ${signed}, the request is a ${sent}`
      : undefined;
  }
  return undefined;
}

const isMethod = (text: string | undefined) => /^[A-Z]{1,10}$/.test(text ?? "");
