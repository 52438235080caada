import type { RejectionExplanation } from "@oauth1/diagnosis/verifier";
import type { RejectedRequest, Verification, Verifier } from "@oauth1/verifier";
import { honoVerifier } from "@oauth1/verifier/hono";
import type { Context, MiddlewareHandler } from "hono";
import type { RecordedCall } from "../usage/call-buffer.js";
import { describeRequest } from "../usage/described-request.js";
import type { ExplainRejection } from "../usage/explain-rejection.js";
import type { Recorder } from "../usage/recorder.js";
import type { KeyCaller } from "../verification/credential-store.js";
import { HttpProblem } from "./problem.js";

/** The dependencies of {@link recordingVerifier}. */
export interface RecordingParts {
  readonly recorder: Recorder;
  readonly explain: ExplainRejection;
  readonly clock: () => Date;
}

/** `honoVerifier`, which also records each call of a key and its response. */
export function recordingVerifier(
  verifier: Verifier<KeyCaller>,
  { recorder, explain, clock }: RecordingParts,
): MiddlewareHandler {
  return async (context, next) => {
    const at = clock();
    let verification: Verification<KeyCaller> | undefined;
    let explanation: Promise<RejectionExplanation | undefined> | undefined;
    const verify = honoVerifier<KeyCaller>({
      async verify(request, requestContext) {
        verification = await verifier.verify(request, requestContext);
        if (!verification.verified && isDiagnosed(recorder, verification)) {
          explanation = explain(verification.client, () =>
            verifier.receive(request, requestContext),
          );
        }
        return verification;
      },
    });
    const response = await (verify as MiddlewareHandler)(context, next);
    if (verification?.verified) {
      const { client, caller } = verification;
      recorder.record(client.identifier, caller?.keyId, describeAnswered(context, at));
    } else if (verification?.client !== undefined) {
      const { problem, advice, status, client } = verification;
      const call = { ...describe(context, at), status, verified: false, problem };
      recorder.record(
        client,
        undefined,
        explanation === undefined
          ? { ...call, explanation: advice, mistakes: [] }
          : explanation.then((found) => ({
              ...call,
              explanation: found?.text ?? advice,
              mistakes: [...(found?.mistakes ?? [])],
            })),
      );
    }
    return response;
  };
}

/** Describes a call that the verifier did not reject, and its response. */
export function describeAnswered(context: Context, at: Date): RecordedCall {
  const { error } = context;
  const problem = error instanceof HttpProblem ? error : undefined;
  return {
    ...describe(context, at),
    status: context.res.status,
    verified: !CREDENTIAL_PROBLEMS.has(problem?.code ?? ""),
    problem: problem?.code ?? null,
    // Other details can contain what was received.
    explanation: problem?.status === 401 || problem?.status === 403 ? problem.message : null,
    mistakes: [],
  };
}

/** Problems of a call that are found outside the verifier, and make it a rejected one. */
const CREDENTIAL_PROBLEMS = new Set(["address_not_allowed", "bad_authentication"]);

function isDiagnosed(
  recorder: Recorder,
  rejected: RejectedRequest,
): rejected is RejectedRequest & { client: string } {
  // The verifier gives this problem to enabled credentials only.
  return (
    recorder.recordsCalls &&
    rejected.problem === "signature_invalid" &&
    rejected.client !== undefined
  );
}

function describe({ req }: Context, at: Date) {
  return { at, ...describeRequest(req) };
}
