import type { Implementation, ReceivedRequest, SignOutput } from "@oauth1/conformance";
import type { Check } from "./runtime-report.js";
import type { SignedRequest } from "./signed-requests.js";

/** Signs requests whose signatures are known, and verifies them as received. */
export async function checkSignedRequests(
  implementation: Implementation,
  requests: readonly SignedRequest[],
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const request of requests) checks.push(await checkSignedRequest(implementation, request));
  return checks;
}

async function checkSignedRequest(
  { sign, verify }: Implementation,
  request: SignedRequest,
): Promise<Check> {
  const { id, input, baseString, signature, key, otherKey } = request;
  const expected = { baseString, signature, verdict: true, verdictWithOtherKey: false };
  try {
    if (sign === undefined || verify === undefined) return { id, outcome: "unsupported" };
    const output = await sign(input);
    const received = {
      baseString: output.baseString,
      signature: output.signature,
      verdict: (await verify({ ...asReceived(request, output), ...key })).valid,
      verdictWithOtherKey: (await verify({ ...asReceived(request, output), ...otherKey })).valid,
    };
    const hasPassed =
      received.baseString === baseString &&
      received.signature === signature &&
      received.verdict === true &&
      received.verdictWithOtherKey === false;
    return hasPassed ? { id, outcome: "passed" } : { id, outcome: "failed", expected, received };
  } catch (error) {
    return { id, outcome: "failed", expected, received: String(error) };
  }
}

/** The request as a server sees it, with the signature in its header (RFC 5849 §3.5.1). */
function asReceived(
  { input, sentForm }: SignedRequest,
  { authorization = "" }: SignOutput,
): Omit<ReceivedRequest, "clientSharedSecret" | "tokenSharedSecret"> {
  const contentType = ["Content-Type", "application/x-www-form-urlencoded"] as const;
  return {
    method: input.method,
    url: input.url,
    headers: [["Authorization", authorization], ...(sentForm === null ? [] : [contentType])],
    body: sentForm === null ? null : btoa(sentForm),
  };
}
