import { afterEach, describe, expect, it, vi } from "vitest";
import { createOneTimeLink, createUser } from "../src/admin.js";
import { type ApiKeysServerOptions, createApiKeysServer } from "../src/index.js";
import { readOneTimeLink } from "../src/sign-in/one-time-link.js";
import { type Browser, browser, ORIGIN, PASSWORD, signedIn } from "./browser.js";
import { freshAccount, onBothDatabases } from "./installations.js";

const MINUTE = 60_000;
/** The duration of each attack. */
const HOURS = process.env["OAUTH1_DEEP"] === "1" ? 24 : 3;
/**
 * The maximum number of wrong passwords that are checked of one attempt a minute: four without a
 * wait, eleven until the wait exceeds a minute, and then one every quarter of an hour.
 */
const LOOKED_AT = 4 + 11 + HOURS * 4;
/** The number of sign-ins with the right password. */
const SIGN_INS = HOURS * 2;

onBothDatabases((opened) => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A server that takes the address of the client from the `X-Test-Address` header. */
  function serverOf(options: ApiKeysServerOptions = {}) {
    return createApiKeysServer(opened.installation, {
      publicOrigin: ORIGIN,
      addressOf: (request) => request.headers.get("X-Test-Address") ?? "192.0.2.1",
      ...options,
    });
  }

  function enter(
    page: Browser,
    user: { accountId: string; username: string },
    password: string,
    headers: Record<string, string>,
  ) {
    const { accountId: account, username } = user;
    return page.send("POST", "/api/console/session", { account, username, password }, headers);
  }

  /** An attack with a wrong password every minute, and the right one every half hour. */
  async function simulateAttack(
    wrong: (minute: number) => Promise<{ status: number }>,
    right: () => Promise<{ status: number }>,
  ) {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const statuses: { right: number[]; wrong: number[] } = { right: [], wrong: [] };
    for (let minute = 0; minute < HOURS * 60; minute++) {
      vi.setSystemTime(Date.now() + MINUTE);
      statuses.wrong.push((await wrong(minute)).status);
      if (minute % 30 === 29) statuses.right.push((await right()).status);
    }
    return statuses;
  }

  describe(`${HOURS} hours with a wrong password every minute`, () => {
    it(`accepts the user from another network ${SIGN_INS} of ${SIGN_INS} times`, async () => {
      const server = serverOf();
      const user = await signedIn(server, opened);
      const statuses = await simulateAttack(
        () => enter(browser(server), user, "wrong password", { "X-Test-Address": "203.0.113.66" }),
        () => enter(browser(server), user, PASSWORD, { "X-Test-Address": "192.0.2.1" }),
      );
      expect(statuses.right).toEqual(Array(SIGN_INS).fill(200));
      // The server checks only a few of the attacker's passwords.
      const looked = statuses.wrong.filter((status) => status === 401).length;
      expect(looked).toBeLessThanOrEqual(LOOKED_AT);
    });

    it(`accepts a known device in the attacker's network ${SIGN_INS} of ${SIGN_INS} times`, async () => {
      const server = serverOf();
      const user = await signedIn(server, opened);
      const headers = { "X-Test-Address": "203.0.113.66" };
      const statuses = await simulateAttack(
        () => enter(browser(server), user, "wrong password", headers),
        () => enter(user, user, PASSWORD, headers),
      );
      expect(statuses.right).toEqual(Array(SIGN_INS).fill(200));
    });

    it("counts all addresses of an IPv6 network as one", async () => {
      const server = serverOf();
      const user = await signedIn(server, opened);
      const statuses = await simulateAttack(
        (minute) =>
          enter(browser(server), user, "wrong password", {
            "X-Test-Address": `2001:db8:0:1:${minute.toString(16)}::1`,
          }),
        () => enter(browser(server), user, PASSWORD, { "X-Test-Address": "2001:db8:0:2::1" }),
      );
      expect(statuses.right).toEqual(Array(SIGN_INS).fill(200));
      const looked = statuses.wrong.filter((status) => status === 401).length;
      expect(looked).toBeLessThanOrEqual(LOOKED_AT);
    });
  });

  describe("a known device", () => {
    it("has its own count of wrong passwords, for its user only", async () => {
      const server = serverOf();
      const user = await signedIn(server, opened);
      const other = await signedIn(server, opened);
      const guess = async (page: Browser, count: number) => {
        const statuses = [];
        for (let index = 0; index < count; index++) {
          statuses.push((await enter(page, user, "wrong password", {})).status);
        }
        return statuses;
      };
      expect((await guess(browser(server), 6)).at(-1)).toBe(429);
      // A device of another user is not known.
      expect(await guess(other, 1)).toEqual([429]);
      // Neither is a device with a changed token.
      const forged = browser(server);
      forged.device = user.device.replace(/.$/, (last) => (last === "A" ? "E" : "A"));
      expect(forged.device).not.toBe(user.device);
      expect(await guess(forged, 1)).toEqual([429]);
      // A known device is limited only by its own failures.
      expect(await guess(user, 6)).toEqual([401, 401, 401, 401, 401, 429]);
    });

    it("is forgotten after 180 days without a sign-in", async () => {
      const server = serverOf();
      const user = await signedIn(server, opened);
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 181 * 24 * 60 * MINUTE });
      for (let count = 0; count < 5; count++) {
        await enter(browser(server), user, "wrong password", {});
      }
      expect((await enter(user, user, PASSWORD, {})).status).toBe(429);
    });
  });

  describe("behind a trusted proxy", () => {
    const PROXY = { "X-Test-Address": "10.0.0.1" };
    const trustedProxies = { addresses: ["10.0.0.0/8"], fields: ["x-forwarded-for"] } as const;
    const overLimit = async (
      server: ReturnType<typeof serverOf>,
      address: (n: number) => string,
    ) => {
      const page = browser(server);
      const statuses = [];
      for (let count = 0; count < 25; count++) {
        const headers = { ...PROXY, "X-Forwarded-For": address(count) };
        const path = "/api/console/one-time-link";
        statuses.push((await page.send("POST", path, { token: "x" }, headers)).status);
      }
      return statuses.filter((status) => status === 429).length;
    };

    it("limits the rate of each client separately", async () => {
      expect(await overLimit(serverOf({ trustedProxies }), (n) => `192.0.2.${n}`)).toBe(0);
      expect(await overLimit(serverOf({ trustedProxies }), () => "198.51.100.7")).toBe(5);
    });

    it("counts a client that names other addresses itself as one client", async () => {
      const server = serverOf({ trustedProxies });
      expect(await overLimit(server, (n) => `198.51.100.${n}, 192.0.2.7`)).toBe(5);
    });

    it("ignores the headers of clients that are not a trusted proxy", async () => {
      expect(await overLimit(serverOf(), (n) => `192.0.2.${n}`)).toBe(5);
    });

    it("sets secure cookies if the proxy reports https", async () => {
      const server = serverOf({
        publicOrigin: undefined,
        trustedProxies: { ...trustedProxies, fields: ["x-forwarded-proto"] },
      });
      const user = await signedIn(serverOf(), opened);
      const page = browser(server, "https://127.0.0.1:5849");
      const proto = { "X-Forwarded-Proto": "https" };
      const throughProxy = await enter(page, user, PASSWORD, { ...PROXY, ...proto });
      expect(throughProxy.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^__Host-oauth1-console=.*; Secure;/),
        expect.stringMatching(/^__Host-oauth1-device=.*; HttpOnly; Secure; SameSite=Strict$/),
      ]);
      const contradictory = { ...PROXY, "X-Forwarded-Proto": "https, http" };
      expect((await enter(page, user, PASSWORD, contradictory)).status).toBe(400);
    });
  });

  describe("users of two accounts", () => {
    it("can have the same name, and neither account learns about the other", async () => {
      const server = serverOf();
      const first = await signedIn(server, opened);
      const second = await signedIn(server, opened);
      const username = `jane-${first.userId}`;
      for (const admin of [first, second]) {
        const made = await admin.send("POST", "/api/console/users", { username, role: "Agent" });
        expect(made.status).toBe(201);
        const { token } = made.body.link;
        const password = `${PASSWORD} ${admin.accountId}`;
        await browser(server).send("POST", "/api/console/password", { token, password });
        const again = await admin.send("POST", "/api/console/users", { username, role: "Agent" });
        expect(again.body.code).toBe("username_taken");
      }
      for (const [account, password, status] of [
        [first, first, 200],
        [second, second, 200],
        [first, second, 401],
      ] as const) {
        const user = { accountId: account.accountId, username };
        const entered = await enter(browser(server), user, `${PASSWORD} ${password.accountId}`, {});
        expect(entered.status).toBe(status);
        if (status === 200) expect(entered.body.account.id).toBe(account.accountId);
      }
    });

    it("sign in to the oldest account by default", async () => {
      const page = browser(serverOf());
      const { accountId, actor } = await freshAccount(opened.installation);
      await createUser(opened.installation, accountId, actor, {
        username: `only-${accountId}`,
        role: "Agent",
      });
      const entered = await page.send("POST", "/api/console/session", {
        username: `only-${accountId}`,
        password: PASSWORD,
      });
      expect(entered).toMatchObject({ status: 401, body: { code: "wrong_credentials" } });
    });
  });

  describe("one-time links", () => {
    it("are replaced: one valid link remains if several are created concurrently, 20 times", async () => {
      const { installation } = opened;
      for (let round = 0; round < 20; round++) {
        const { accountId, actor } = await freshAccount(installation);
        const links = await Promise.all(
          Array.from({ length: 4 }, () =>
            createOneTimeLink(installation, accountId, actor, actor.id ?? ""),
          ),
        );
        const usable = await Promise.allSettled(
          links.map(({ token }) => readOneTimeLink(installation, token)),
        );
        const works = usable.filter(({ status }) => status === "fulfilled").length;
        expect(works, `round ${round}`).toBe(1);
      }
    });

    it("invalidate all earlier links when one is used", async () => {
      const server = serverOf();
      const { installation } = opened;
      const { accountId, actor } = await freshAccount(installation);
      const make = () => createOneTimeLink(installation, accountId, actor, actor.id ?? "");
      const links = [await make(), await make()];
      const use = async ({ token }: { token: string }) => {
        const body = { token, password: PASSWORD };
        return (await browser(server).send("POST", "/api/console/password", body)).status;
      };
      expect(await use(links[0] as never)).toBe(410);
      expect(await use(links[1] as never)).toBe(200);
      for (const link of links) expect(await use(link)).toBe(410);
    });
  });
});
