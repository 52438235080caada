// Members of an account, their sessions and passwords.
import { describe, expect, it } from "vitest";
import {
  createOneTimeLink,
  createUser,
  editUser,
  endSessions,
  listUsers,
  readAudit,
} from "../src/admin.js";
import { createApiKeysServer, createKey } from "../src/index.js";
import { useOneTimeLink } from "../src/sign-in/one-time-link.js";
import { openSession, signIn } from "../src/sign-in/sessions.js";
import { findUser } from "../src/sign-in/users.js";
import { type Browser, browser, ORIGIN, PASSWORD, signedIn } from "./browser.js";
import { freshAccount, onBothDatabases, WEATHER_BOT } from "./installations.js";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0";
const SAFARI =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
const NOWHERE = { address: undefined, userAgent: undefined };
const NEW_PASSWORD = "another long password";

onBothDatabases((opened, name) => {
  let addresses = 0;
  function freshServer(address = `192.0.2.${addresses++}`) {
    return createApiKeysServer(opened.installation, {
      publicOrigin: ORIGIN,
      addressOf: () => address,
    });
  }

  async function secondSession(
    user: { accountId: string; username: string },
    headers: Record<string, string> = {},
    server = freshServer(),
  ): Promise<Browser> {
    const page = browser(server);
    const { accountId: account, username } = user;
    const fields = { account, username, password: PASSWORD };
    const entered = await page.send("POST", "/api/console/session", fields, headers);
    expect(entered.status).toBe(200);
    return page;
  }

  const isSignedIn = async (page: Browser) =>
    (await page.send("GET", "/api/console/session")).status === 200;

  describe("the last administrator", () => {
    it("cannot be demoted or disabled", async () => {
      const admin = await signedIn(freshServer(), opened);
      const self = `/api/console/users/${admin.userId}`;
      for (const [change, path] of [
        [{ role: "Viewer" }, "/role"],
        [{ enabled: false }, "/enabled"],
        [{ role: "Campaign Manager", enabled: false }, "/role"],
      ] as const) {
        expect(await admin.send("PATCH", self, change)).toMatchObject({
          status: 422,
          body: { errors: [{ path, message: "must leave at least one enabled administrator" }] },
        });
      }
      // A disabled administrator does not count.
      const { installation } = opened;
      const actor = { id: admin.userId, name: admin.username };
      const other = await createUser(installation, admin.accountId, actor, {
        username: "other",
        role: "Administrator",
      });
      await editUser(installation, admin.accountId, actor, other.id, { enabled: false });
      expect((await admin.send("PATCH", self, { role: "Viewer" })).status).toBe(422);
      await editUser(installation, admin.accountId, actor, other.id, { enabled: true });
      expect((await admin.send("PATCH", self, { role: "Viewer" })).status).toBe(200);
    });

    it("remains if administrators demote and disable each other concurrently, 20 times", async () => {
      const { installation } = opened;
      for (let round = 0; round < 20; round++) {
        const { accountId, actor } = await freshAccount(installation);
        const admins = [actor];
        for (const username of ["b", "c", "d"]) {
          const role = "Administrator";
          const { id } = await createUser(installation, accountId, actor, { username, role });
          admins.push({ id, name: username });
        }
        const outcomes = await Promise.allSettled(
          admins.map((each, index) => {
            const target = admins[(index + 1) % admins.length]?.id ?? "";
            const change = index % 2 === 0 ? { role: "Viewer" as const } : { enabled: false };
            return editUser(installation, accountId, each, target, change);
          }),
        );
        const rejected = outcomes.filter(({ status }) => status === "rejected");
        expect(rejected).toEqual([
          { status: "rejected", reason: expect.objectContaining({ code: "ERR_INPUT" }) },
        ]);
        const left = await listUsers(installation, accountId);
        const administrators = left.filter(
          ({ role, enabled }) => enabled && role === "Administrator",
        );
        expect(administrators, `round ${round}`).toHaveLength(1);
      }
    });
  });

  describe("an administrator", () => {
    it("sees role, state, open sessions and open link of each member", async () => {
      const admin = await signedIn(freshServer(), opened);
      const invited = await admin.send("POST", "/api/console/users", {
        username: "zoe",
        role: "Viewer",
      });
      const { body } = await admin.send("GET", "/api/console/users");
      expect(body.users).toEqual([
        expect.objectContaining({
          username: admin.username,
          role: "Administrator",
          hasPassword: true,
          openSessions: 1,
          lastSeenAt: expect.stringMatching(/^20/),
          linkExpiresAt: null,
        }),
        {
          id: invited.body.user.id,
          username: "zoe",
          role: "Viewer",
          enabled: true,
          hasPassword: false,
          createdAt: invited.body.user.createdAt,
          openSessions: 0,
          lastSeenAt: null,
          linkExpiresAt: invited.body.link.expiresAt,
        },
      ]);
    });

    it("disables a member: sessions end at once, and links do not work, also later", async () => {
      const admin = await signedIn(freshServer(), opened);
      const member = await signedInMember(admin, "member");
      const path = `/api/console/users/${member.userId}`;
      const link = await admin.send("POST", `${path}/one-time-link`);
      const other = await secondSession(member);
      expect((await admin.send("PATCH", path, { enabled: false })).body.enabled).toBe(false);
      expect([await isSignedIn(member), await isSignedIn(other)]).toEqual([false, false]);
      expect(await admin.send("POST", `${path}/one-time-link`)).toMatchObject({
        status: 409,
        body: { code: "user_disabled" },
      });
      await admin.send("PATCH", path, { enabled: true });
      expect([await isSignedIn(member), await isSignedIn(other)]).toEqual([false, false]);
      const { token } = link.body;
      const used = await browser(freshServer()).send("POST", "/api/console/one-time-link", {
        token,
      });
      expect(used.status).toBe(410);
      await secondSession(member);
    });

    it("ends the sessions of a member, who can sign in again", async () => {
      const admin = await signedIn(freshServer(), opened);
      const member = await signedInMember(admin, "member");
      const other = await secondSession(member);
      const path = `/api/console/users/${member.userId}/sessions`;
      expect((await admin.send("DELETE", path)).body).toEqual({ ended: 2 });
      expect([await isSignedIn(member), await isSignedIn(other)]).toEqual([false, false]);
      expect((await admin.send("DELETE", path)).body).toEqual({ ended: 0 });
      await secondSession(member);
    });

    it("resets a password with a link: the old sessions end, the old password does not work", async () => {
      const admin = await signedIn(freshServer(), opened);
      const member = await signedInMember(admin, "member");
      const path = `/api/console/users/${member.userId}/one-time-link`;
      const { token } = (await admin.send("POST", path)).body;
      expect(await isSignedIn(member)).toBe(true);
      const page = browser(freshServer());
      await page.send("POST", "/api/console/password", { token, password: NEW_PASSWORD });
      expect([await isSignedIn(page), await isSignedIn(member)]).toEqual([true, false]);
      const { accountId: account, username } = member;
      const old = { account, username, password: PASSWORD };
      expect((await page.send("POST", "/api/console/session", old)).status).toBe(401);
    });

    async function signedInMember(
      admin: Browser & { accountId: string },
      username: string,
    ): Promise<Browser & { accountId: string; username: string; userId: string }> {
      const fields = { username, role: "Viewer" };
      const { body } = await admin.send("POST", "/api/console/users", fields);
      const page = browser(freshServer());
      const { token } = body.link;
      await page.send("POST", "/api/console/password", { token, password: PASSWORD });
      const { accountId } = admin;
      return Object.assign(page, { accountId, username, userId: body.user.id as string });
    }
  });

  describe("a user", () => {
    it("sees the own open sessions with address and device, the last used first", async () => {
      const user = await signedIn(freshServer("2001:db8::7"), opened);
      const phone = await secondSession(
        user,
        { "User-Agent": SAFARI },
        freshServer("::ffff:192.0.2.9"),
      );
      opened.skew = 120_000;
      const desk = await secondSession(user, { "User-Agent": FIREFOX });
      const { body } = await desk.send("GET", "/api/console/sessions");
      opened.skew = 0;
      expect(body.sessions).toEqual([
        expect.objectContaining({ device: "Firefox on Linux", isCurrent: true, kind: "console" }),
        expect.objectContaining({
          device: "Safari on iOS",
          address: "192.0.2.9",
          isCurrent: false,
        }),
        expect.objectContaining({ device: null, address: "2001:db8::7", isCurrent: false }),
      ]);
      const [{ id: _, ...shown }] = body.sessions;
      expect(Object.keys(shown).toSorted()).toEqual([
        ...["address", "createdAt", "device", "expiresAt", "isCurrent", "kind", "lastSeenAt"],
      ]);
      expect(JSON.stringify(body)).not.toContain(phone.cookie.split("=")[1]);
    });

    it("keeps a User-Agent of any kind in a short form", async () => {
      const user = await signedIn(freshServer(), opened);
      for (const agent of ["x".repeat(8000), "=HYPERLINK(1)", "\u00e9\u00ff/1", "curl/8.5.0"]) {
        await secondSession(user, { "User-Agent": agent });
      }
      const { body } = await user.send("GET", "/api/console/sessions");
      expect(body.sessions).toHaveLength(5);
      for (const { device } of body.sessions) expect((device ?? "").length).toBeLessThan(101);
    });

    it("ends one of the own sessions, or all others", async () => {
      const user = await signedIn(freshServer(), opened);
      const [first, second, third] = [
        await secondSession(user),
        await secondSession(user),
        await secondSession(user),
      ];
      const listed = await first.send("GET", "/api/console/sessions");
      const { id } = listed.body.sessions.find(({ isCurrent }: never) => isCurrent);
      const path = `/api/console/sessions/${id}`;
      expect((await second.send("DELETE", path)).status).toBe(204);
      expect(await isSignedIn(first)).toBe(false);
      expect((await second.send("DELETE", path)).status).toBe(404);
      expect((await second.send("DELETE", "/api/console/sessions")).body).toEqual({ ended: 2 });
      expect([await isSignedIn(second), await isSignedIn(third), await isSignedIn(user)]).toEqual([
        true,
        false,
        false,
      ]);
    });

    it("changes the own password: all other sessions end, and this one gets a new cookie", async () => {
      const user = await signedIn(freshServer(), opened);
      const other = await secondSession(user);
      const earlier = { cookie: user.cookie };
      const change = (currentPassword: string, newPassword: string) =>
        user.send("PUT", "/api/console/password", { currentPassword, newPassword });
      expect((await change(PASSWORD, "too short")).body.errors).toEqual([
        { path: "/newPassword", message: "must have at least 12 characters" },
      ]);
      expect((await change("not the password", NEW_PASSWORD)).body.errors).toEqual([
        { path: "/currentPassword", message: "must be your current password" },
      ]);
      expect([await isSignedIn(user), await isSignedIn(other)]).toEqual([true, true]);

      expect(await change(PASSWORD, NEW_PASSWORD)).toMatchObject({
        status: 200,
        body: { user: { username: user.username }, csrfToken: user.csrfToken },
      });
      expect(user.cookie).not.toBe(earlier.cookie);
      expect([await isSignedIn(user), await isSignedIn(other)]).toEqual([true, false]);
      user.cookie = earlier.cookie;
      expect(await isSignedIn(user)).toBe(false);
      const { accountId: account, username } = user;
      const enter = async (password: string) =>
        (
          await browser(freshServer()).send("POST", "/api/console/session", {
            account,
            username,
            password,
          })
        ).status;
      expect([await enter(PASSWORD), await enter(NEW_PASSWORD)]).toEqual([401, 200]);
    });

    it("is locked out after many wrong current passwords, as at sign-in", async () => {
      const user = await signedIn(freshServer(), opened);
      const statuses = [];
      for (let count = 0; count < 6; count++) {
        const { status } = await user.send("PUT", "/api/console/password", {
          currentPassword: "not the password",
          newPassword: NEW_PASSWORD,
        });
        statuses.push(status);
      }
      expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
    });
  });

  describe("no session remains that an old state authenticated", () => {
    it("if the user is disabled, or gets another password, during the sign-in", async () => {
      const { installation } = opened;
      const { accountId, actor } = await freshAccount(installation);
      const { id: userId } = await createUser(installation, accountId, actor, {
        username: "jane",
        role: "Viewer",
      });
      const { token } = await createOneTimeLink(installation, accountId, actor, userId);
      const authenticated = await useOneTimeLink(installation, token, PASSWORD);
      const reset = await createOneTimeLink(installation, accountId, actor, userId);
      await useOneTimeLink(installation, reset.token, NEW_PASSWORD);
      await expect(openSession(installation, authenticated, NOWHERE)).rejects.toMatchObject({
        code: "ERR_SIGN_IN",
      });
      const current = await findUser(installation.database, accountId, userId);
      await editUser(installation, accountId, actor, userId, { enabled: false });
      await expect(openSession(installation, current, NOWHERE)).rejects.toMatchObject({
        code: "ERR_SIGN_IN",
      });
      await editUser(installation, accountId, actor, userId, { enabled: true });
      expect(await endSessions(installation, accountId, actor, userId)).toBe(0);
    });

    it("keeps a password that is set while the role changes, and never deadlocks, 20 times", async () => {
      const { installation } = opened;
      for (let round = 0; round < 20; round++) {
        const { accountId, actor } = await freshAccount(installation);
        const { id: userId } = await createUser(installation, accountId, actor, {
          username: "jane",
          role: "Viewer",
        });
        const { token } = await createOneTimeLink(installation, accountId, actor, userId);
        const attempt = { accountId, username: "jane", source: `network ${round}` };
        const outcomes = await Promise.allSettled([
          useOneTimeLink(installation, token, PASSWORD),
          editUser(installation, accountId, actor, userId, { role: "Agent" }),
          editUser(installation, accountId, actor, userId, { role: "Campaign Manager" }),
          createKey(installation, accountId, { id: userId, name: "jane" }, WEATHER_BOT),
          endSessions(installation, accountId, actor, userId),
        ]);
        expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
        const session = await signIn(installation, attempt, PASSWORD, NOWHERE);
        expect(session.user.username, `round ${round} on ${name}`).toBe("jane");
      }
    });
  });

  it("every administrative action is in the audit log, without passwords and tokens", async () => {
    const admin = await signedIn(freshServer(), opened);
    const { body } = await admin.send("POST", "/api/console/users", {
      username: "jane",
      role: "Viewer",
    });
    const path = `/api/console/users/${body.user.id}`;
    const page = browser(freshServer());
    await page.send("POST", "/api/console/password", {
      token: body.link.token,
      password: PASSWORD,
    });
    await page.send("PUT", "/api/console/password", {
      currentPassword: PASSWORD,
      newPassword: NEW_PASSWORD,
    });
    await admin.send("PATCH", path, { role: "Campaign Manager" });
    await admin.send("DELETE", `${path}/sessions`);
    const reset = await admin.send("POST", `${path}/one-time-link`);
    await admin.send("PATCH", path, { enabled: false });
    const { entries } = await readAudit(opened.installation, admin.accountId, {
      userId: body.user.id,
    });
    const jane = { id: body.user.id, name: "jane" };
    const actor = { id: admin.userId, name: admin.username };
    expect(entries.map((entry) => [entry.action, entry.actor, entry.user, entry.after])).toEqual([
      ["user edited", actor, jane, { role: "Campaign Manager", enabled: false }],
      ["one-time link made", actor, jane, { expiresAt: reset.body.expiresAt }],
      ["sessions ended", actor, jane, { ended: 1 }],
      ["user edited", actor, jane, { role: "Campaign Manager", enabled: true }],
      ["password changed", jane, jane, null],
      ["password set", jane, jane, null],
      ["one-time link made", actor, jane, { expiresAt: body.link.expiresAt }],
      ["user created", actor, jane, { username: "jane", role: "Viewer" }],
    ]);
    const everything = JSON.stringify(await readAudit(opened.installation, admin.accountId));
    for (const secret of [PASSWORD, NEW_PASSWORD, body.link.token, reset.body.token]) {
      expect(everything).not.toContain(secret);
    }
  });
});
