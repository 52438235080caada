import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ApiKeysError, type ApiKeysErrorCode, type InputFault } from "../api-keys-error.js";

/** The body of every error response: `application/problem+json` (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: "about:blank" }),
    title: z.string().openapi({ example: "Unprocessable Content" }),
    status: z.int().openapi({ example: 422 }),
    code: z.string().openapi({ description: "Stable, for programs", example: "invalid_input" }),
    detail: z.string().openapi({ description: "For people" }),
    errors: z
      .array(
        z.object({
          path: z.string().openapi({
            description: "The place: a JSON pointer into the body, or the name of a parameter",
            example: "/permissions/1",
          }),
          message: z.string(),
        }),
      )
      .optional()
      .openapi({ description: "For `invalid_input`: each error and its place" }),
    missingPermission: z
      .object({ id: z.string(), name: z.string() })
      .optional()
      .openapi({ description: "For `permission_missing`: the permission that the key needs" }),
  })
  .openapi("Problem");

/** The body of a problem. */
export type ProblemBody = z.infer<typeof problemSchema>;

/** The optional parts of a problem. */
export interface ProblemDetails {
  readonly errors?: readonly InputFault[] | undefined;
  readonly missingPermission?: { readonly id: string; readonly name: string };
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An error of the HTTP API itself, thrown by a handler. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly details: ProblemDetails;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    detail: string,
    details: ProblemDetails = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** Returns the response to an error of a handler, or `undefined` for an internal error. */
export function problemOf(error: unknown): HttpProblem | undefined {
  if (error instanceof HttpProblem) return error;
  if (!(error instanceof ApiKeysError)) return undefined;
  const known = STATUSES[error.code];
  if (known === undefined) return undefined;
  const [status, code] = known;
  return new HttpProblem(status, code, error.message, {
    errors: error.faults.length > 0 ? error.faults : undefined,
    headers: error.retryAfter === undefined ? undefined : { "Retry-After": `${error.retryAfter}` },
  });
}

/** Answers with a problem. */
export function answerProblem(context: Context, problem: HttpProblem): Response {
  const { headers, errors, missingPermission } = problem.details;
  const body: ProblemBody = {
    type: "about:blank",
    title: TITLES[problem.status] ?? "Error",
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    ...(errors && { errors: [...errors] }),
    ...(missingPermission && { missingPermission }),
  };
  return context.body(JSON.stringify(body), problem.status, {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    ...headers,
  });
}

const STATUSES: Partial<Record<ApiKeysErrorCode, [ContentfulStatusCode, string]>> = {
  ERR_APPLICATION_LIMIT: [409, "application_limit"],
  ERR_SIGN_IN: [401, "wrong_credentials"],
  ERR_IDEMPOTENCY_KEY: [422, "idempotency_key_reused"],
  ERR_INPUT: [422, "invalid_input"],
  ERR_KEY_LIMIT: [409, "key_limit"],
  ERR_LINK: [410, "link_unusable"],
  ERR_LOCKED_OUT: [429, "locked_out"],
  ERR_NOT_FOUND: [404, "not_found"],
  ERR_OLD_SECRETS_LIMIT: [409, "old_secrets_limit"],
  ERR_STALE: [409, "stale"],
  ERR_USER_DISABLED: [409, "user_disabled"],
  ERR_USERNAME_TAKEN: [409, "username_taken"],
};

const TITLES: Partial<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  410: "Gone",
  413: "Content Too Large",
  414: "URI Too Long",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  503: "Service Unavailable",
};
