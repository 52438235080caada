import { createOneTimeLink, findUserByName, type Role } from "../src/admin.js";
import type { createApiKeysServer } from "../src/index.js";
import { freshAccount, type Opened } from "./installations.js";

export const ORIGIN = "http://127.0.0.1:5849";
export const PASSWORD = "correct horse battery staple";

/** Sends requests like a page of the console, with cookies, CSRF token and origin. */
export interface Browser {
  /** The session cookie. */
  cookie: string;
  /** The cookie of the known device. */
  device: string;
  csrfToken: string;
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
    // biome-ignore lint/suspicious/noExplicitAny: tests check the shape of the body
  ): Promise<{ status: number; headers: Headers; body: any; text: string }>;
}

type Server = Pick<ReturnType<typeof createApiKeysServer>, "request">;

/** Returns a browser without a session. */
export function browser(server: Server, origin: string = ORIGIN): Browser {
  const self: Browser = {
    cookie: "",
    device: "",
    csrfToken: "",
    async send(method, path, body, headers = {}) {
      const response = await server.request(`${origin}${path}`, {
        method,
        headers: {
          ...((self.cookie || self.device) && {
            Cookie: [self.cookie, self.device].filter(Boolean).join("; "),
          }),
          ...(self.csrfToken && { "X-CSRF-Token": self.csrfToken }),
          ...(body !== undefined && { "Content-Type": "application/json" }),
          Origin: origin,
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const answer = text.startsWith("{") ? JSON.parse(text) : undefined;
      for (const cookie of response.headers.getSetCookie()) {
        const [pair = ""] = cookie.split(";");
        if (/-device=/.test(pair)) self.device = pair;
        else self.cookie = pair;
      }
      if (typeof answer?.csrfToken === "string") self.csrfToken = answer.csrfToken;
      return { status: response.status, headers: response.headers, body: answer, text };
    },
  };
  return self;
}

/** Returns the browser of a signed-in user of a new account. */
export async function signedIn(
  server: Server,
  opened: Opened,
  role: Role = "Administrator",
): Promise<Browser & { accountId: string; username: string; userId: string }> {
  const { accountId, actor } = await freshAccount(opened.installation, role);
  const user = await findUserByName(opened.installation.database, accountId, actor.name);
  const userId = user?.id ?? "";
  const link = await createOneTimeLink(opened.installation, accountId, actor, userId);
  const page = browser(server);
  await page.send("POST", "/api/console/password", { token: link.token, password: PASSWORD });
  return Object.assign(page, { accountId, username: actor.name, userId });
}
