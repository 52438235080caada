import type { User } from "@oauth1/api-keys/admin";
import { publicPath } from "../public-path.js";

/** The signed-in user and the user's rights. */
export interface Session {
  readonly user: User;
  readonly account: { readonly id: string; readonly name: string };
  readonly mayManageKeys: boolean;
  readonly mayManageUsers: boolean;
  readonly mayReadActivity: boolean;
  readonly csrfToken: string;
  readonly expiresAt: string;
}

/** An error in one field: the JSON pointer to the field, and a message. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** Thrown if the server answers with a problem (RFC 9457) or does not respond. */
export class ConsoleProblem extends Error {
  override readonly name = "ConsoleProblem";
  /** 0 if the server did not respond. */
  readonly status: number;
  /** The stable code of the problem, or `unreachable`. */
  readonly code: string;
  readonly faults: readonly FieldFault[];

  constructor(status: number, code: string, message: string, faults: readonly FieldFault[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.faults = faults;
  }
}

/** The parts of a request besides its path. */
export interface ApiRequest {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly csrfToken?: string | undefined;
  /** Makes a request safe to repeat: the same value gets the same response. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/**
 * Sends a request to the console's HTTP API.
 *
 * @param path - The path below `/api/console`.
 * @throws {@link ConsoleProblem}
 */
export async function askApi<Answer>(path: string, request: ApiRequest = {}): Promise<Answer> {
  const { method = "GET", body, csrfToken, idempotencyKey, signal } = request;
  let response: Response;
  try {
    response = await fetch(`${publicPath}/api/console${path}`, {
      method,
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(csrfToken === undefined ? {} : { "X-CSRF-Token": csrfToken }),
        ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw noAnswer();
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as Answer;
  // The connection can break in the middle of the body.
  return response.json().catch(() => {
    throw noAnswer();
  });
}

function noAnswer(): ConsoleProblem {
  const message = "The server did not respond. Check that it is running, then try again.";
  return new ConsoleProblem(0, "unreachable", message);
}

async function problemOf(response: Response): Promise<ConsoleProblem> {
  const problem: Record<string, unknown> = await response.json().catch(() => ({}));
  const { code, detail, title, errors } = problem;
  const retryAfter = Number(response.headers.get("Retry-After"));
  const words = sentence(
    String(detail ?? title ?? `The server responded with status ${response.status}`),
  );
  return new ConsoleProblem(
    response.status,
    typeof code === "string" ? code : "unknown",
    response.status === 429 && retryAfter > 0
      ? `${words} Try again in ${wait(retryAfter)}.`
      : words,
    Array.isArray(errors) ? (errors as FieldFault[]) : [],
  );
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

function wait(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
