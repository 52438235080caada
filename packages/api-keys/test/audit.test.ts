// The filters and the CSV of the audit log.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { readAudit } from "../src/admin.js";
import { createApiKeysServer, createKey, editKey, setEnabled } from "../src/index.js";
import { ORIGIN, signedIn } from "./browser.js";
import { freshAccount, onBothDatabases, WEATHER_BOT } from "./installations.js";

onBothDatabases((opened) => {
  const freshServer = () => createApiKeysServer(opened.installation, { publicOrigin: ORIGIN });

  describe("the filters of the audit log", () => {
    it("select by actor, action, key, user and time", async () => {
      const { installation } = opened;
      const page = await signedIn(freshServer(), opened);
      const { accountId, userId, username } = page;
      const admin = { id: userId, name: username };
      const script = { id: null, name: "deploy script" };
      const rain = await createKey(installation, accountId, admin, {
        ...WEATHER_BOT,
        applicationName: "Rain",
      });
      const snow = await createKey(installation, accountId, script, {
        ...WEATHER_BOT,
        applicationName: "Snow",
      });
      await setEnabled(installation, accountId, script, rain.key.id, false);
      opened.skew = 3_600_000;
      await editKey(installation, accountId, admin, snow.key.id, { applicationName: "Sleet" });
      const later = installation.clock().toISOString();
      opened.skew = 0;

      const select = async (query: Record<string, string>) => {
        const { body } = await page.send("GET", `/api/console/audit?${new URLSearchParams(query)}`);
        expect(body.total).toBe(body.entries.length);
        return body.entries.map((entry: { action: string; key: { name: string } | null }) =>
          [entry.action, entry.key?.name].join(" "),
        );
      };
      expect(await select({ actor: "Deploy Script" })).toEqual([
        "key disabled Rain",
        "key created Sleet",
      ]);
      expect(await select({ actor: username.toUpperCase(), action: "key created" })).toEqual([
        "key created Rain",
      ]);
      expect(await select({ keyId: snow.key.id })).toEqual([
        "key edited Sleet",
        "key created Sleet",
      ]);
      expect(await select({ action: "key created", actor: "nobody" })).toEqual([]);
      const ofUser = await select({ userId });
      expect(ofUser.at(-1)).toMatch(/^user created/);
      const soon = new Date(Date.parse(later) - 60_000).toISOString();
      expect(await select({ from: soon })).toEqual(["key edited Sleet"]);
      expect(await select({ to: soon, keyId: snow.key.id })).toEqual(["key created Sleet"]);
      expect(await select({ from: soon, to: soon })).toEqual([]);
      // The same instant in another time zone.
      const zone = soon.replace("Z", "+00:00");
      expect(await select({ from: zone, action: "key edited" })).toHaveLength(1);

      const { body } = await page.send("GET", "/api/console/audit/choices");
      expect(body.actors).toEqual([username, "deploy script", "system"]);
      expect(body.keys.map((key: { name: string }) => key.name)).toEqual(["Rain", "Sleet"]);
      expect(body.users).toEqual([{ id: userId, name: username }]);
      expect(body.actions).toContain("key created");
    });

    it("are rejected if they are malformed", async () => {
      const page = await signedIn(freshServer(), opened);
      for (const [query, path] of [
        ["action=destroyed", "action"],
        ["keyId=x", "keyId"],
        ["userId=1", "userId"],
        ["from=yesterday", "from"],
        ["to=2026-13-01T00:00:00Z", "to"],
        ["who=me", "who"],
      ]) {
        for (const resource of ["audit", "audit.csv"]) {
          expect(await page.send("GET", `/api/console/${resource}?${query}`), query).toMatchObject({
            status: 422,
            body: { errors: [{ path }] },
          });
        }
      }
      expect((await page.send("GET", "/api/console/audit?actor=%00")).status).toBe(400);
    });
  });

  describe("the CSV of the audit log", () => {
    // An independent reader: Python's csv module in strict mode.
    const parse = async (text: string): Promise<string[][]> => {
      const child = promisify(execFile)("python3", [
        "-c",
        "import csv, io, json, sys; print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode('utf-8'), newline=''), strict=True))))",
      ]);
      child.child.stdin?.end(text);
      return JSON.parse((await child).stdout);
    };

    it("contains every name unchanged, and no formula", async () => {
      const { installation } = opened;
      const page = await signedIn(freshServer(), opened);
      const actor = { id: page.userId, name: page.username };
      const names = [
        'Comma, "quotes"',
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝1+1",
        "مرحبا",
        "🌧️ rain",
        '=HYPERLINK("https://evil.example","x")',
      ];
      for (const applicationName of names) {
        await createKey(installation, page.accountId, actor, { ...WEATHER_BOT, applicationName });
      }
      const answer = await page.send("GET", "/api/console/audit.csv?action=key+created");
      expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
      expect(answer.headers.get("Content-Disposition")).toMatch(
        /^attachment; filename="activity-[0-9a-z]+-\d{4}-\d\d-\d\d\.csv"$/,
      );
      expect(answer.text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      const [headings = [], ...rows] = await parse(answer.text);
      expect(headings.join()).toBe(
        "id,at,actor,actor_id,address,action,key,key_id,user,user_id,application,application_id,before,after",
      );
      expect(rows.map((row) => row[6])).toEqual(
        names.map((name) => (/^[=+\-@＝]/.test(name) ? `'${name}` : name)).toReversed(),
      );
      for (const row of rows) {
        expect(row).toHaveLength(headings.length);
        for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@＝]/);
        expect(JSON.parse(row.at(-1) ?? "")).toHaveProperty("applicationName");
      }
    });

    it("contains 3,000 entries once each, in the order of the pages", async () => {
      const page = await signedIn(freshServer(), opened);
      await opened.installation.database.execute(sql`
        insert into audit_log (account_id, actor_name, action, at)
        select ${page.accountId}, 'number ' || number, 'key edited', now()
        from generate_series(1, 3000) as number`);
      const answer = await page.send("GET", "/api/console/audit.csv?action=key+edited");
      const [, ...rows] = await parse(answer.text);
      expect(rows.map((row) => row[2])).toEqual(
        Array.from({ length: 3000 }, (_, index) => `number ${3000 - index}`),
      );
      const last = await readAudit(opened.installation, page.accountId, {
        action: "key edited",
        page: 30,
        pageSize: 100,
      });
      expect(last.total).toBe(3000);
      expect(last.entries.at(-1)?.actor.name).toBe("number 1");
    });

    it("is read in batches while it is sent, and stops if the client disconnects", async () => {
      const server = freshServer();
      const page = await signedIn(server, opened);
      await opened.installation.database.execute(sql`
        insert into audit_log (account_id, actor_name, action, at)
        select ${page.accountId}, 'x', 'key edited', now() from generate_series(1, 5000)`);
      const selected: string[] = [];
      const watched = new Proxy(opened.installation.database, {
        get(target, name) {
          if (name === "select") selected.push("select");
          return Reflect.get(target, name);
        },
      });
      const observed = createApiKeysServer(
        { ...opened.installation, database: watched },
        { publicOrigin: ORIGIN },
      );
      const response = await observed.request(`${ORIGIN}/api/console/audit.csv`, {
        headers: { Cookie: page.cookie },
      });
      const reader = response.body?.getReader();
      await reader?.read();
      await reader?.read();
      const before = selected.length;
      await reader?.cancel();
      await new Promise((resolve) => setTimeout(resolve, 50));
      // One for the session, one or two for the first batches, and not ten.
      expect(before).toBeLessThan(5);
      expect(selected.length - before).toBeLessThan(2);
    });

    it("breaks off with an error if the database fails, instead of ending early", async () => {
      const page = await signedIn(freshServer(), opened);
      const faults: unknown[] = [];
      let isBroken = false;
      const breaking = new Proxy(opened.installation.database, {
        get(target, name) {
          if (isBroken) throw new Error("the database is on fire");
          return Reflect.get(target, name);
        },
      });
      await opened.installation.database.execute(sql`
        insert into audit_log (account_id, actor_name, action, at)
        select ${page.accountId}, 'x', 'key edited', now() from generate_series(1, 2000)`);
      const server = createApiKeysServer(
        { ...opened.installation, database: breaking },
        { publicOrigin: ORIGIN, onFault: (error) => faults.push(error) },
      );
      const response = await server.request(`${ORIGIN}/api/console/audit.csv`, {
        headers: { Cookie: page.cookie },
      });
      isBroken = true;
      await expect(response.text()).rejects.toThrow("the database is on fire");
      expect(faults).toEqual([expect.objectContaining({ message: "the database is on fire" })]);
    });
  });

  it("entries name the current application and the user, not identifiers", async () => {
    const { installation } = opened;
    const { accountId, actor } = await freshAccount(installation);
    const { key } = await createKey(installation, accountId, actor, WEATHER_BOT);
    const [created] = (await readAudit(installation, accountId, { keyId: key.id })).entries;
    expect(created).toMatchObject({ actor, key: { id: key.id, name: "Weather bot" }, user: null });
    const [added] = (await readAudit(installation, accountId, { action: "user created" })).entries;
    expect(added).toMatchObject({ key: null, user: actor });
  });
});
