import { OpenAPIHono, type z } from "@hono/zod-openapi";
import { DrizzleQueryError } from "drizzle-orm/errors";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Session } from "../sign-in/sessions.js";
import { findUnstorable } from "../storable-text.js";
import { faultsOf, pointer } from "../validate.js";
import { answerProblem, HttpProblem, problemOf } from "./problem.js";

/** The variables of the handlers' context. */
export interface ApiEnvironment {
  Variables: {
    session: Session;
    sessionToken: string;
    /** The IP address of the client that presents the session, if it is known. */
    clientAddress: string | undefined;
    /** The key that a body claims to contain; `keyId` is undefined if its values are wrong. */
    presentedKey?: { readonly client: string; readonly keyId: string | undefined };
  };
}

/**
 * Creates an app that answers all errors with problems (RFC 9457): validation errors, unknown paths
 * and errors that handlers throw.
 *
 * @param onFault - Called with internal errors, which the client does not see.
 * @param publicPath - The path below which all routes are, or `""`.
 */
export function apiApp(
  onFault: (error: unknown) => void,
  publicPath = "",
): OpenAPIHono<ApiEnvironment> {
  const app = new OpenAPIHono<ApiEnvironment>({
    defaultHook: (result) => rejectInvalid(result, 422),
  }).basePath(publicPath);
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
      // The client is gone and does not receive the response.
      return answerProblem(
        context,
        new HttpProblem(400, "malformed_request", "the request was aborted"),
      );
    }
    // The message of a DrizzleQueryError contains the values of the query.
    onFault(error instanceof DrizzleQueryError ? error.cause : error);
    return answerProblem(
      context,
      new HttpProblem(500, "internal_error", "the server failed; see its log"),
    );
  });
  return app;
}

/** Returns true if the client disconnected while its body was read. It is not an internal error. */
function isBrokenOff({ env }: Context, error: unknown): boolean {
  const { incoming } = (env ?? {}) as { incoming?: { errored?: unknown } };
  return incoming?.errored === error;
}

/**
 * Throws a problem with all errors of an input that the schema rejects. All texts of path, query
 * and body pass through here, whether or not the schema accepts them: a text that PostgreSQL cannot
 * store is rejected with 400.
 */
export function rejectInvalid(
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
