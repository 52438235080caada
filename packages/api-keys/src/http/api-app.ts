import { OpenAPIHono, type z } from "@hono/zod-openapi";
import { DrizzleQueryError } from "drizzle-orm/errors";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Session } from "../sign-in/sessions.js";
import { findUnstorable } from "../storable-text.js";
import { faultsOf, pointer } from "../validate.js";
import { answerProblem, HttpProblem, problemOf } from "./problem.js";

/** What the handlers find in the context. */
export interface ApiEnvironment {
  Variables: { session: Session; sessionToken: string };
}

/**
 * An app whose errors are all problems (RFC 9457): validation, unknown paths, what handlers throw.
 *
 * @param onFault - Hears of faults of the program, which the client is told nothing of.
 */
export function apiApp(onFault: (error: unknown) => void): OpenAPIHono<ApiEnvironment> {
  const app = new OpenAPIHono<ApiEnvironment>({
    defaultHook: (result) => refuseInvalid(result, 422),
  });
  app.onError((error, context) => {
    const known = problemOf(error);
    if (known) return answerProblem(context, known);
    if (error instanceof HTTPException && error.status < 500) {
      return answerProblem(
        context,
        new HttpProblem(400, "malformed_request", error.message || "the request is malformed"),
      );
    }
    if (isBrokenOff(context, error)) {
      // Nobody hears the answer.
      return answerProblem(
        context,
        new HttpProblem(400, "malformed_request", "the request broke off"),
      );
    }
    // Its message lists what was written to the database.
    onFault(error instanceof DrizzleQueryError ? error.cause : error);
    return answerProblem(
      context,
      new HttpProblem(500, "internal_error", "the server failed; the fault is in its log"),
    );
  });
  return app;
}

/** Whether the client went away while its body was read, which is not a fault of the program. */
function isBrokenOff({ env }: Context, error: unknown): boolean {
  const { incoming } = (env ?? {}) as { incoming?: { errored?: unknown } };
  return incoming?.errored === error;
}

/**
 * Throws the problem of an input that the schema rejects, with each fault and its place. All texts of
 * path, query and body come through here, whatever the schema says of them: one that PostgreSQL
 * cannot store is a 400.
 */
export function refuseInvalid(
  result: { target: string; data?: unknown } & (
    | { success: true }
    | { success: false; error: z.ZodError }
  ),
  status: 400 | 422,
): undefined {
  const place = (path: string) => (result.target === "json" ? path : path.slice(1));
  const unstorable = findUnstorable(result.data);
  if (unstorable !== undefined) {
    const path = place(pointer(unstorable));
    const message = "must not contain NUL characters or lone surrogates";
    throw new HttpProblem(400, "malformed_text", `${path || "the body"} ${message}`, {
      errors: [{ path, message }],
    });
  }
  if (result.success) return undefined;
  const errors = faultsOf(result.error).map(({ path, message }) => ({
    path: place(path),
    message,
  }));
  const detail = errors.map(({ path, message }) => `${path || "the body"}: ${message}`).join("; ");
  throw new HttpProblem(status, "invalid_input", detail, { errors });
}
