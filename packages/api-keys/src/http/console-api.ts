import type { OpenAPIHono } from "@hono/zod-openapi";
import { eq } from "drizzle-orm";
import type { Context } from "hono";
import { auditCsv } from "../audit/audit-csv.js";
import { readAudit, readAuditChoices } from "../audit/read-audit.js";
import { accounts } from "../database/schema.js";
import type { Installation } from "../installation.js";
import { createKey } from "../keys/create-key.js";
import { editKey } from "../keys/edit-key.js";
import { endOldSecrets } from "../keys/end-old-secrets.js";
import { listKeys, readKey } from "../keys/read-keys.js";
import { rotateSecrets } from "../keys/rotate-secrets.js";
import { setEnabled } from "../keys/set-enabled.js";
import { changePassword } from "../sign-in/change-password.js";
import { oldestAccount } from "../sign-in/first-start.js";
import {
  DEVICE_LIFETIME,
  type DeviceUser,
  deviceToken,
  knownDevice,
} from "../sign-in/known-device.js";
import { createOneTimeLink, readOneTimeLink, useOneTimeLink } from "../sign-in/one-time-link.js";
import { managesKeys, managesUsers, readsActivity } from "../sign-in/roles.js";
import {
  endOtherSessions,
  endOwnSession,
  endSessions,
  listOwnSessions,
} from "../sign-in/session-list.js";
import {
  closeSession,
  csrfTokenOf,
  findSession,
  isCsrfToken,
  type NewSession,
  openSession,
  type Session,
  type SessionOrigin,
  signIn,
} from "../sign-in/sessions.js";
import { createUser, editUser, listUsers, showUser } from "../sign-in/users.js";
import { readCalls, readUsage } from "../usage/read-usage.js";
import type { Recorder } from "../usage/recorder.js";
import type { ApiEnvironment } from "./api-app.js";
import type { Client } from "./client.js";
import { accountOf, activityReader, keyManager, once, userManager } from "./console-request.js";
import * as routes from "./console-routes.js";
import { limitBody } from "./limit-body.js";
import { HttpProblem } from "./problem.js";
import { limitRate } from "./rate-limit.js";
import { sameOrigin } from "./same-origin.js";
import type { SessionCookies } from "./session-cookie.js";

/** The options of both parts of the HTTP API. */
export interface ApiOptions {
  /** Returns the client of a request. */
  readonly clientOf: (context: Context) => Client;
  readonly cookies: SessionCookies;
  /** The path below which clients reach the server, or `""`. */
  readonly publicPath: string;
  /** Records the calls of keys. */
  readonly recorder: Recorder;
}

/** The options of the console's part. */
export interface ConsoleApiOptions extends ApiOptions {
  /** Called with the client identifier of each changed key. */
  readonly onKeyChanged: (clientIdentifier: string) => void;
  /** Called with internal errors that occur after a response has begun. */
  readonly onFault: (error: unknown) => void;
}

/** Adds the HTTP API of the console at `/api/console/…`. */
export function addConsoleApi(
  app: OpenAPIHono<ApiEnvironment>,
  installation: Installation,
  options: ConsoleApiOptions,
): void {
  const { clientOf, cookies, onFault, onKeyChanged, publicPath, recorder } = options;
  const { database, keyRing } = installation;

  app.use(
    "/api/console/*",
    noStore,
    sameOrigin((context) => clientOf(context).origin),
    requireJson,
    limitBody,
  );
  const countRequest = limitRate(installation, {
    name: "sign-in",
    requests: 20,
    seconds: 60,
  });
  // Sign-ins are counted below: a known device has its own count.
  for (const path of ["password", "one-time-link"]) {
    app.post(`/api/console/${path}`, async (context, next) => {
      await countRequest(`network ${clientOf(context).network}`);
      await next();
    });
  }
  for (const path of [
    "catalogue",
    "keys",
    "keys/*",
    "audit",
    "audit/*",
    "audit.csv",
    "users",
    "users/*",
    "applications",
    "applications/*",
    "tokens",
    "tokens/*",
    "sessions",
    "sessions/*",
  ]) {
    app.use(`/api/console/${path}`, (context, next) => authenticate(context, next));
  }
  app.delete("/api/console/session", (context, next) => authenticate(context, next));
  app.put("/api/console/password", (context, next) => authenticate(context, next));

  async function presentedSession(context: Context) {
    const token = cookies.read(context, "console");
    const session = token && (await findSession(installation, "console", { token }));
    return token && session ? { token, session } : undefined;
  }

  async function authenticate(context: Context<ApiEnvironment>, next: () => Promise<void>) {
    const presented = await presentedSession(context);
    if (presented === undefined) {
      throw new HttpProblem(
        401,
        "signed_out",
        "you are not signed in, or the session has ended; sign in again",
      );
    }
    const { token, session } = presented;
    const safe = context.req.method === "GET" || context.req.method === "HEAD";
    if (!safe && !isCsrfToken(token, context.req.header("X-CSRF-Token"))) {
      throw new HttpProblem(
        403,
        "csrf_token_missing",
        "the X-CSRF-Token header must contain the CSRF token of the session",
      );
    }
    context.set("session", session);
    context.set("sessionToken", token);
    context.set("clientAddress", clientOf(context).address);
    await next();
  }

  async function show(session: Session, token: string) {
    const { user, expiresAt } = session;
    const [account] = await database
      .select({ id: accounts.id, name: accounts.name })
      .from(accounts)
      .where(eq(accounts.id, user.accountId));
    return {
      user: showUser(user),
      account: account ?? { id: user.accountId, name: user.accountId },
      mayManageKeys: managesKeys(user.role),
      mayManageUsers: managesUsers(user.role),
      mayReadActivity: readsActivity(user.role),
      csrfToken: csrfTokenOf(token),
      expiresAt: expiresAt.toISOString(),
    };
  }

  function begin(context: Context, session: NewSession) {
    const { user, token, expiresAt } = session;
    cookies.set(context, "console", token, expiresAt);
    const deviceExpires = new Date(installation.clock().getTime() + DEVICE_LIFETIME);
    const device = deviceToken(keyRing, user, deviceExpires, deviceOf(context, user));
    cookies.set(context, "device", device, deviceExpires);
    return show(session, token);
  }

  /** Returns the device if the user has signed in with it before. */
  function deviceOf(context: Context, user: DeviceUser): string | undefined {
    const token = cookies.read(context, "device");
    return token && knownDevice(keyRing, user, token, installation.clock());
  }

  /** Returns the source by which wrong passwords are counted, and counts the request. */
  async function countedSource(context: Context, user: DeviceUser): Promise<string> {
    const device = deviceOf(context, user);
    const source = device ? `device ${device}` : `network ${clientOf(context).network}`;
    await countRequest(source);
    return source;
  }

  function sessionOrigin(context: Context): SessionOrigin {
    return {
      address: clientOf(context).address,
      userAgent: context.req.header("User-Agent"),
    };
  }

  app.openapi(routes.signInRoute, async (context) => {
    const { account, username, password } = context.req.valid("json");
    const accountId = account ?? (await oldestAccount(database)) ?? "";
    const source = await countedSource(context, { accountId, username });
    const earlier = cookies.read(context, "console");
    const attempt = { accountId, username, source };
    const session = await signIn(installation, attempt, password, sessionOrigin(context));
    if (earlier) await closeSession(installation, { token: earlier });
    return context.json(await begin(context, session), 200);
  });
  app.openapi(routes.readSessionRoute, async (context) => {
    const presented = await presentedSession(context);
    // 204 and not 401: a browser logs every 401 as an error, but a first visit is not an error.
    if (presented === undefined) return context.body(null, 204);
    return context.json(await show(presented.session, presented.token), 200);
  });
  app.openapi(routes.signOutRoute, async (context) => {
    await closeSession(installation, { token: context.var.sessionToken });
    cookies.clear(context, "console");
    return context.body(null, 204);
  });
  app.openapi(routes.readLinkRoute, async (context) => {
    const { username, expiresAt } = await readOneTimeLink(
      installation,
      context.req.valid("json").token,
    );
    return context.json({ username, expiresAt: expiresAt.toISOString() }, 200);
  });
  app.openapi(routes.setPasswordRoute, async (context) => {
    const { token, password } = context.req.valid("json");
    const origin = sessionOrigin(context);
    const user = await useOneTimeLink(installation, token, password, origin.address);
    const session = await openSession(installation, user, origin);
    return context.json(await begin(context, session), 200);
  });

  app.openapi(routes.changePasswordRoute, async (context) => {
    const { session } = context.var;
    const changed = await changePassword(
      installation,
      session,
      context.req.valid("json"),
      await countedSource(context, session.user),
      sessionOrigin(context),
    );
    return context.json(await begin(context, changed), 200);
  });
  app.openapi(routes.listSessionsRoute, async (context) =>
    context.json({ sessions: await listOwnSessions(installation, context.var.session) }, 200),
  );
  app.openapi(routes.endOtherSessionsRoute, async (context) =>
    context.json({ ended: await endOtherSessions(installation, context.var.session) }, 200),
  );
  app.openapi(routes.endSessionRoute, async (context) => {
    await endOwnSession(installation, context.var.session, context.req.valid("param").sessionId);
    return context.body(null, 204);
  });

  app.openapi(routes.catalogueRoute, (context) => context.json(installation.catalogue, 200));
  app.openapi(routes.listKeysRoute, async (context) =>
    context.json(await listKeys(installation, accountOf(context), context.req.valid("query")), 200),
  );
  app.openapi(routes.createKeyRoute, async (context) => {
    const actor = keyManager(context);
    const input = context.req.valid("json");
    const made = await createKey(installation, accountOf(context), actor, input, once(context));
    onKeyChanged(made.key.client.identifier);
    context.header("Location", `${publicPath}/api/console/keys/${made.key.id}`);
    return context.json(made, 201);
  });
  app.openapi(routes.readKeyRoute, async (context) =>
    context.json(
      await readKey(installation, accountOf(context), context.req.valid("param").keyId),
      200,
    ),
  );
  app.openapi(routes.editKeyRoute, async (context) => {
    const actor = keyManager(context);
    const { keyId } = context.req.valid("param");
    const input = context.req.valid("json");
    const key = await editKey(installation, accountOf(context), actor, keyId, input);
    onKeyChanged(key.client.identifier);
    return context.json(key, 200);
  });
  app.openapi(routes.deleteKeyRoute, () => {
    throw new HttpProblem(
      405,
      "no_deleting",
      "API keys cannot be deleted, so that the audit log stays complete; disable the key instead",
      { headers: { Allow: "GET, PATCH" } },
    );
  });
  app.openapi(routes.enableKeyRoute, async (context) =>
    context.json(await switchKey(context, context.req.valid("param").keyId, true), 200),
  );
  app.openapi(routes.disableKeyRoute, async (context) =>
    context.json(await switchKey(context, context.req.valid("param").keyId, false), 200),
  );
  app.openapi(routes.rotateKeyRoute, async (context) => {
    const actor = keyManager(context);
    const { keyId } = context.req.valid("param");
    const input = context.req.valid("json");
    const rotated = await rotateSecrets(
      installation,
      accountOf(context),
      actor,
      keyId,
      input,
      once(context),
    );
    onKeyChanged(rotated.key.client.identifier);
    return context.json(rotated, 200);
  });
  app.openapi(routes.endOldSecretsRoute, async (context) => {
    const actor = keyManager(context);
    const { keyId } = context.req.valid("param");
    const key = await endOldSecrets(installation, accountOf(context), actor, keyId);
    onKeyChanged(key.client.identifier);
    return context.json(key, 200);
  });

  app.openapi(routes.keyUsageRoute, async (context) => {
    const { keyId } = context.req.valid("param");
    await writeCollected(accountOf(context), keyId);
    return context.json(await readUsage(installation, accountOf(context), keyId), 200);
  });
  app.openapi(routes.keyCallsRoute, async (context) => {
    keyManager(context);
    const { keyId } = context.req.valid("param");
    await writeCollected(accountOf(context), keyId);
    const areRecorded = recorder.recordsCalls;
    const calls = areRecorded ? await readCalls(installation, accountOf(context), keyId) : [];
    return context.json({ calls, areRecorded }, 200);
  });

  /** Writes pending calls first, so that a user who looks at a key sees the latest call. */
  async function writeCollected(accountId: string, keyId: string): Promise<void> {
    const key = await readKey(installation, accountId, keyId);
    await recorder.flush(key.client.identifier);
  }

  app.openapi(routes.keyAuditRoute, async (context) => {
    activityReader(context);
    const { keyId } = context.req.valid("param");
    await readKey(installation, accountOf(context), keyId);
    const query = { ...context.req.valid("query"), keyId };
    return context.json(await readAudit(installation, accountOf(context), query), 200);
  });
  app.openapi(routes.auditRoute, async (context) => {
    activityReader(context);
    return context.json(
      await readAudit(installation, accountOf(context), context.req.valid("query")),
      200,
    );
  });
  app.openapi(routes.auditChoicesRoute, async (context) => {
    activityReader(context);
    return context.json(await readAuditChoices(installation, accountOf(context)), 200);
  });
  app.openapi(routes.auditCsvRoute, (context) => {
    activityReader(context);
    const accountId = accountOf(context);
    const filter = context.req.valid("query");
    const today = installation.clock().toISOString().slice(0, 10);
    return context.body(auditCsv(installation, accountId, filter, onFault), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="activity-${accountId}-${today}.csv"`,
    });
  });

  app.openapi(routes.listUsersRoute, async (context) => {
    userManager(context);
    return context.json({ users: await listUsers(installation, accountOf(context)) }, 200);
  });
  app.openapi(routes.createUserRoute, async (context) => {
    const actor = userManager(context);
    const accountId = accountOf(context);
    const user = await createUser(installation, accountId, actor, context.req.valid("json"));
    const link = await createOneTimeLink(installation, accountId, actor, user.id);
    return context.json({ user, link: { ...link, expiresAt: link.expiresAt.toISOString() } }, 201);
  });
  app.openapi(routes.editUserRoute, async (context) => {
    const actor = userManager(context);
    const { userId } = context.req.valid("param");
    const input = context.req.valid("json");
    return context.json(
      await editUser(installation, accountOf(context), actor, userId, input),
      200,
    );
  });
  app.openapi(routes.createLinkRoute, async (context) => {
    const actor = userManager(context);
    const { userId } = context.req.valid("param");
    const link = await createOneTimeLink(installation, accountOf(context), actor, userId);
    return context.json({ token: link.token, expiresAt: link.expiresAt.toISOString() }, 201);
  });

  app.openapi(routes.endUserSessionsRoute, async (context) => {
    const actor = userManager(context);
    const { userId } = context.req.valid("param");
    const ended = await endSessions(installation, accountOf(context), actor, userId);
    return context.json({ ended }, 200);
  });

  async function switchKey(context: Context<ApiEnvironment>, keyId: string, enabled: boolean) {
    const actor = keyManager(context);
    const key = await setEnabled(installation, accountOf(context), actor, keyId, enabled);
    onKeyChanged(key.client.identifier);
    return key;
  }
}

async function noStore(context: Context, next: () => Promise<void>): Promise<void> {
  await next();
  context.header("Cache-Control", "no-store");
}

/** Requires JSON bodies, so that a form of another site cannot send a request. */
async function requireJson(context: Context, next: () => Promise<void>): Promise<void> {
  const type = context.req.header("Content-Type");
  const length = context.req.header("Content-Length");
  const hasBody =
    context.req.header("Transfer-Encoding") !== undefined ||
    (length !== undefined && length !== "0");
  if (
    !["GET", "HEAD"].includes(context.req.method) &&
    (hasBody || type !== undefined) &&
    !/^application\/json\s*(;|$)/i.test(type ?? "")
  ) {
    throw new HttpProblem(415, "not_json", "the body must be application/json");
  }
  await next();
}
