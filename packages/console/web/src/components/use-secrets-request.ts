import { useRef } from "preact/hooks";
import { ConsoleProblem } from "../session/console-api.js";
import { useApi } from "../session/session.js";

/** A request whose response did not arrive. */
interface Unanswered {
  readonly path: string;
  readonly body: object;
  readonly idempotencyKey: string;
  readonly sentAt: number;
}

/** Less than the ten minutes for which the server keeps a response. */
const KEPT = 9 * 60_000;

/**
 * Returns a function that sends a request whose response shows new secrets. If a response is lost,
 * the next call gets it with the idempotency key of the lost request, even if its body has changed
 * since. The caller must therefore compare the result with the body.
 */
export function useSecretsRequest<Result extends object>(): (
  path: string,
  body: object,
) => Promise<Result> {
  const ask = useApi();
  const unanswered = useRef<Unanswered | undefined>(undefined);

  const send = async (request: Unanswered): Promise<Result> => {
    const { path, body, idempotencyKey } = request;
    try {
      const found = await ask<Result>(path, { method: "POST", body, idempotencyKey });
      unanswered.current = undefined;
      return found;
    } catch (error) {
      unanswered.current = isDecided(error) ? undefined : request;
      throw error;
    }
  };

  return async (path, body) => {
    const earlier = unanswered.current;
    if (earlier !== undefined && Date.now() - earlier.sentAt > KEPT) {
      unanswered.current = undefined;
      throw new Error(
        "The response to your first attempt was lost, and it may have succeeded. Check the list and the activity before you try again.",
      );
    }
    if (earlier !== undefined) {
      try {
        return await send(earlier);
      } catch (error) {
        const isOther = JSON.stringify(earlier.body) !== JSON.stringify(body);
        if (!isDecided(error) || !isOther) throw error;
      }
    }
    return send({ path, body, idempotencyKey: randomKey(), sentAt: Date.now() });
  };
}

/** Returns true if the server has definitely rejected the request, so that it changed nothing. */
function isDecided(error: unknown): boolean {
  return error instanceof ConsoleProblem && [400, 404, 409, 413, 415, 422].includes(error.status);
}

/** `crypto.randomUUID` is missing if the console is served over http. */
function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((octet) => octet.toString(16).padStart(2, "0"))
    .join("");
}
