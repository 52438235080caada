import type { User } from "@oauth1/api-keys/admin";

/** Who is signed in, and may do what. */
export interface Session {
  readonly user: User;
  readonly account: { readonly id: string; readonly name: string };
  readonly mayManageKeys: boolean;
  readonly mayManageUsers: boolean;
  readonly csrfToken: string;
  readonly expiresAt: string;
}

/** A fault of one field: the JSON pointer to it, and what is wrong. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** Thrown where the server refuses, by its own words (RFC 9457), or is not reached. */
export class ConsoleProblem extends Error {
  override readonly name = "ConsoleProblem";
  /** 0 where the server was not reached. */
  readonly status: number;
  /** Stable, to switch on: that of the problem, or `unreachable`. */
  readonly code: string;
  readonly faults: readonly FieldFault[];

  constructor(status: number, code: string, message: string, faults: readonly FieldFault[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.faults = faults;
  }
}

/** What a request sends besides its path. */
export interface ApiRequest {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly csrfToken?: string | undefined;
  readonly signal?: AbortSignal;
}

/**
 * Asks the console's HTTP API.
 *
 * @param path - Below `/api/console`.
 * @throws {@link ConsoleProblem}
 */
export async function askApi<Answer>(path: string, request: ApiRequest = {}): Promise<Answer> {
  const { method = "GET", body, csrfToken, signal } = request;
  let response: Response;
  try {
    response = await fetch(`/api/console${path}`, {
      method,
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(csrfToken === undefined ? {} : { "X-CSRF-Token": csrfToken }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ConsoleProblem(0, "unreachable", "The server does not answer. Is it running?");
  }
  if (response.ok) return response.status === 204 ? (undefined as Answer) : response.json();
  throw await problemOf(response);
}

async function problemOf(response: Response): Promise<ConsoleProblem> {
  const problem: Record<string, unknown> = await response.json().catch(() => ({}));
  const { code, detail, title, errors } = problem;
  const retryAfter = Number(response.headers.get("Retry-After"));
  const words = sentence(String(detail ?? title ?? `The server answered ${response.status}`));
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
