// Every endpoint of the console's API × every role × objects of the own and of another account.
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ROLES, type Role } from "../src/admin.js";
import { createApiKeysServer } from "../src/index.js";
import { browser, ORIGIN, PASSWORD, signedIn } from "./browser.js";
import { onBothDatabases, WEATHER_BOT } from "./installations.js";

/** Who may send a request: every user with a session, or users with a right. */
type Right = "a session" | "manages keys" | "manages users" | "reads activity";

const HOLDERS: Readonly<Record<Right, readonly Role[]>> = {
  "a session": ["Administrator", "Campaign Manager", "Viewer", "Agent Manager", "Agent"],
  "reads activity": ["Administrator", "Campaign Manager", "Viewer"],
  "manages keys": ["Administrator", "Campaign Manager"],
  "manages users": ["Administrator"],
};

const PRINTER = {
  applicationName: "Printer",
  developerName: "Example Printers",
  callbacks: ["oob"],
};

interface Endpoint {
  readonly right: Right;
  readonly body?: unknown;
  /** The status for users with the right. */
  readonly status: number;
}

/** The endpoints that need no session. */
const OPEN = [
  "post /api/console/session",
  "post /api/console/one-time-link",
  "post /api/console/password",
  // The response is 204 if the client is not signed in.
  "get /api/console/session",
];

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  "get /api/console/sessions": { right: "a session", status: 200 },
  "delete /api/console/sessions": { right: "a session", status: 200 },
  "delete /api/console/sessions/{sessionId}": { right: "a session", status: 404 },
  "put /api/console/password": {
    right: "a session",
    body: { currentPassword: "a wrong password", newPassword: PASSWORD },
    status: 422,
  },
  "get /api/console/catalogue": { right: "a session", status: 200 },
  "get /api/console/keys": { right: "a session", status: 200 },
  "post /api/console/keys": { right: "manages keys", body: WEATHER_BOT, status: 201 },
  "get /api/console/keys/{keyId}": { right: "a session", status: 200 },
  "patch /api/console/keys/{keyId}": { right: "manages keys", body: {}, status: 200 },
  "delete /api/console/keys/{keyId}": { right: "a session", status: 405 },
  "post /api/console/keys/{keyId}/enable": { right: "manages keys", status: 200 },
  "post /api/console/keys/{keyId}/disable": { right: "manages keys", status: 200 },
  "post /api/console/keys/{keyId}/rotate": { right: "manages keys", body: {}, status: 200 },
  "post /api/console/keys/{keyId}/end-old-secrets": { right: "manages keys", status: 200 },
  "get /api/console/keys/{keyId}/usage": { right: "a session", status: 200 },
  "get /api/console/keys/{keyId}/calls": { right: "manages keys", status: 200 },
  "get /api/console/keys/{keyId}/audit": { right: "reads activity", status: 200 },
  "get /api/console/audit": { right: "reads activity", status: 200 },
  "get /api/console/audit/choices": { right: "reads activity", status: 200 },
  "get /api/console/audit.csv": { right: "reads activity", status: 200 },
  "get /api/console/users": { right: "manages users", status: 200 },
  "post /api/console/users": {
    right: "manages users",
    body: { username: "taken", role: "Viewer" },
    status: 409,
  },
  "patch /api/console/users/{userId}": { right: "manages users", body: {}, status: 200 },
  "post /api/console/users/{userId}/one-time-link": { right: "manages users", status: 201 },
  "delete /api/console/users/{userId}/sessions": { right: "manages users", status: 200 },
  "get /api/console/applications": { right: "manages users", status: 200 },
  "post /api/console/applications": {
    right: "manages users",
    body: PRINTER,
    status: 201,
  },
  "get /api/console/applications/{applicationId}": { right: "manages users", status: 200 },
  "patch /api/console/applications/{applicationId}": {
    right: "manages users",
    body: {},
    status: 200,
  },
  "post /api/console/applications/{applicationId}/enable": { right: "manages users", status: 200 },
  "post /api/console/applications/{applicationId}/disable": { right: "manages users", status: 200 },
  "post /api/console/applications/{applicationId}/secret": {
    right: "manages users",
    body: {},
    status: 200,
  },
  "get /api/console/applications/{applicationId}/tokens": { right: "manages users", status: 200 },
  "delete /api/console/applications/{applicationId}/tokens/{token}": {
    right: "manages users",
    status: 404,
  },
  "get /api/console/tokens": { right: "a session", status: 200 },
  "delete /api/console/tokens/{token}": { right: "a session", status: 404 },
  // Last, because it ends the session.
  "delete /api/console/session": { right: "a session", status: 204 },
};

onBothDatabases((opened) => {
  let addresses = 0;
  function freshServer() {
    const address = `192.0.2.${addresses++}`;
    return createApiKeysServer(opened.installation, {
      publicOrigin: ORIGIN,
      addressOf: () => address,
    });
  }

  /** An account with a key and a member that nobody uses. */
  async function freshObjects() {
    const admin = await signedIn(freshServer(), opened);
    const key = await admin.send("POST", "/api/console/keys", WEATHER_BOT);
    const user = await admin.send("POST", "/api/console/users", {
      username: "taken",
      role: "Viewer",
    });
    const { body } = await admin.send("GET", "/api/console/sessions");
    const application = await admin.send("POST", "/api/console/applications", PRINTER);
    return {
      admin,
      "{keyId}": key.body.key.id as string,
      "{userId}": user.body.user.id as string,
      "{applicationId}": application.body.application.id as string,
      "{token}": "unknown",
      "{sessionId}": body.sessions[0].id as string,
    };
  }

  const pathOf = (endpoint: string, objects: Readonly<Record<string, unknown>>) =>
    endpoint.replace(/^\w+ /, "").replaceAll(/\{\w+\}/g, (name) => String(objects[name]));
  const methodOf = (endpoint: string) => (/^\w+/.exec(endpoint)?.[0] ?? "").toUpperCase();

  it("the table contains every endpoint", async () => {
    const { body } = await browser(freshServer()).send("GET", "/api/openapi.json");
    const described = Object.entries<object>(body.paths)
      .filter(([path]) => path.startsWith("/api/console/"))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    expect(described.toSorted()).toEqual([...OPEN, ...Object.keys(ENDPOINTS)].toSorted());
  });

  describe.each(ROLES)("%s", (role) => {
    it("can use the endpoints that the role allows, and gets 403 from all others", async () => {
      const objects = await freshObjects();
      const { admin } = objects;
      const server = freshServer();
      const made = await admin.send("POST", "/api/console/users", { username: "tester", role });
      const page = browser(server);
      const { token } = made.body.link;
      await page.send("POST", "/api/console/password", { token, password: PASSWORD });
      for (const [endpoint, { right, body, status }] of Object.entries(ENDPOINTS)) {
        const answer = await page.send(methodOf(endpoint), pathOf(endpoint, objects), body);
        const isAllowed = HOLDERS[right].includes(role);
        expect({ endpoint, status: answer.status, code: answer.body?.code }).toEqual({
          endpoint,
          status: isAllowed ? status : 403,
          code: isAllowed ? answer.body?.code : "role_insufficient",
        });
      }
    });

    it("cannot access objects of another account", async () => {
      const { admin: _, ...objects } = await freshObjects();
      const page = await signedIn(freshServer(), opened, role);
      const before = await opened.installation.client.query("select count(*) from audit_log", []);
      for (const [endpoint, { right, body }] of Object.entries(ENDPOINTS)) {
        if (!endpoint.includes("{")) continue;
        const answer = await page.send(methodOf(endpoint), pathOf(endpoint, objects), body);
        const allowed = endpoint.startsWith("delete /api/console/keys/") ? 405 : 404;
        const expected = HOLDERS[right].includes(role) ? allowed : 403;
        expect([endpoint, answer.status]).toEqual([endpoint, expected]);
      }
      const after = await opened.installation.client.query("select count(*) from audit_log", []);
      expect(after.rows).toEqual(before.rows);
    });
  });

  it("every endpoint rejects a request without a session, with an ended one, or without the CSRF token", async () => {
    const objects = await freshObjects();
    const stranger = browser(freshServer());
    const ended = browser(freshServer());
    ended.cookie = `oauth1-console=${"x".repeat(43)}`;
    const forged = await signedIn(freshServer(), opened);
    for (const [endpoint, { body }] of Object.entries(ENDPOINTS)) {
      const method = methodOf(endpoint);
      const path = pathOf(endpoint, objects);
      for (const page of [stranger, ended]) {
        const answer = await page.send(method, path, body);
        expect([endpoint, answer.status, answer.body.code]).toEqual([endpoint, 401, "signed_out"]);
      }
      if (method === "GET") continue;
      const answer = await forged.send(method, path, body, { "X-CSRF-Token": randomUUID() });
      expect([endpoint, answer.status, answer.body.code]).toEqual([
        endpoint,
        403,
        "csrf_token_missing",
      ]);
    }
  });
});
