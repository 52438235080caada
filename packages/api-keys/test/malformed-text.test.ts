// Sends malformed text in every place of every endpoint of the OpenAPI description. PostgreSQL can
// store neither NUL nor lone surrogates.
import { createSigner } from "@oauth1/signer";
import { describe, expect, it } from "vitest";
import { createApiKeysServer, createKey, editKey, listKeys, readKey } from "../src/index.js";
import { ORIGIN, signedIn } from "./browser.js";
import { onBothDatabases, WEATHER_BOT } from "./installations.js";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: "path" | "query" | "header";
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: { readonly "application/json": { schema: Schema } } };
}

const UUID = "00000000-0000-4000-8000-000000000000";
const MALFORMED = {
  NUL: "a\u0000b",
  "a lone high surrogate": "\ud800",
  "a lone low surrogate": "x\udc00y",
};

onBothDatabases((opened) => {
  async function everyOperation() {
    const faults: unknown[] = [];
    let address = 0;
    const server = createApiKeysServer(opened.installation, {
      publicOrigin: ORIGIN,
      // Each request has its own address, so that no rate limit applies.
      addressOf: () => `10.${address++ % 250}.${address % 250}.1`,
      allowInsecureTransport: true,
      onFault: (fault) => faults.push(fault),
    });
    const page = await signedIn(server, opened);
    const actor = { id: page.userId, name: page.username };
    const { credentials } = await createKey(opened.installation, page.accountId, actor, {
      ...WEATHER_BOT,
      category: "administration",
      permissions: ["users"],
    });
    const { body: description } = await page.send("GET", "/api/openapi.json");
    const resolve = (schema: Schema): Schema =>
      schema.$ref === undefined
        ? schema
        : description.components.schemas[schema.$ref.replace(/.*\//, "")];
    const operations = Object.entries<Record<string, Operation>>(description.paths).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          parameters: operation.parameters ?? [],
          body: operation.requestBody
            ? (resolve(operation.requestBody.content["application/json"].schema).properties ?? {})
            : undefined,
        })),
    );

    /** Sends an operation with valid values, except the given ones. */
    async function send(
      { method, path, parameters, body }: (typeof operations)[number],
      odd: { parameter?: [name: string, encoded: string]; body?: unknown; headers?: object },
    ) {
      const encoded = ({ name, schema }: (typeof parameters)[number]) => {
        if (odd.parameter?.[0] === name) return odd.parameter[1];
        const { format, const: only, enum: several } = resolve(schema);
        if (format === "uuid") return UUID;
        return String(only ?? several?.[0] ?? (name === "accountId" ? page.accountId : "1"));
      };
      const filled = path.replace(/\{(\w+)\}/g, (_, name) => {
        const parameter = parameters.find((each) => each.name === name);
        return parameter === undefined ? "" : encoded(parameter);
      });
      const query = parameters
        .filter(
          (each) => each.in === "query" && (each.required || odd.parameter?.[0] === each.name),
        )
        .map((each) => `${each.name}=${encoded(each)}`)
        .join("&");
      const target = query === "" ? filled : `${filled}?${query}`;
      const signed = path.includes("/echo/")
        ? createSigner(credentials).sign({ method, url: `${ORIGIN}${target}` }).headers
        : {};
      // Operations can end the session, which changes the cookie. The next one uses the old cookie.
      const { cookie, csrfToken } = page;
      const answer = await page.send(
        method,
        target,
        odd.body ?? (body === undefined ? undefined : {}),
        { ...signed, ...odd.headers } as Record<string, string>,
      );
      Object.assign(page, { cookie, csrfToken });
      return answer;
    }
    return { operations, send, faults };
  }

  it("malformed text is rejected with 400 in every path and query", async () => {
    const { operations, send, faults } = await everyOperation();
    const answers: Record<string, number> = {};
    for (const operation of operations) {
      for (const { name, in: place } of operation.parameters) {
        if (place === "header") continue;
        // The token comes first. applications.test.ts sends this with a token.
        if (operation.path.endsWith("/whoami")) continue;
        const { status } = await send(operation, { parameter: [name, "a%00b"] });
        answers[`${operation.name}: ${name}`] = status;
        // Octets that are not UTF-8 are not decoded, so such an identifier is unknown.
        const notUtf8 = await send(operation, { parameter: [name, "%ED%A0%80"] });
        expect(notUtf8.status, `${operation.name}: ${name}`).toBeLessThan(500);
      }
    }
    expect(Object.keys(answers).length).toBeGreaterThan(30);
    expect(answers).toEqual(Object.fromEntries(Object.keys(answers).map((name) => [name, 400])));
    expect(faults).toEqual([]);
  });

  it.each(Object.entries(MALFORMED))(
    "%s is rejected with 400 in every field of a body",
    async (_, text) => {
      const { operations, send, faults } = await everyOperation();
      const answers: Record<string, number> = {};
      for (const operation of operations) {
        for (const name of Object.keys(operation.body ?? {})) {
          for (const value of [text, [text], { name: text }]) {
            const { status } = await send(operation, { body: { [name]: value } });
            answers[`${operation.name}: ${name} ${JSON.stringify(value)}`] = status;
          }
        }
        if (operation.body === undefined) continue;
        const { status } = await send(operation, { body: { [text]: 1 } });
        answers[`${operation.name}: a name`] = status;
        const alone = await send(operation, { body: JSON.stringify(text) });
        answers[`${operation.name}: the body`] = alone.status;
      }
      expect(Object.keys(answers).length).toBeGreaterThan(40);
      expect(answers).toEqual(Object.fromEntries(Object.keys(answers).map((name) => [name, 400])));
      expect(faults).toEqual([]);
    },
  );

  it("malformed text does not cause an internal error in a header", async () => {
    const { operations, send, faults } = await everyOperation();
    for (const operation of operations) {
      for (const headers of [
        { Cookie: "oauth1-console=a%00b; oauth1-device=%00; oauth1-bot=%00" },
        { Cookie: "oauth1-console=\u0080; oauth1-bot=\u00ff" },
        { Authorization: "Bearer a%00\u0080" },
        { Authorization: 'OAuth oauth_consumer_key="%00", oauth_token="%00", oauth_nonce="%00"' },
        { "X-CSRF-Token": "%00\u0080" },
      ]) {
        const { status } = await send(operation, { headers });
        expect(status, `${operation.name} ${JSON.stringify(headers)}`).toBeLessThan(500);
      }
    }
    expect(faults).toEqual([]);
  });

  describe("malformed text in an argument of a function:", () => {
    it.each(Object.entries(MALFORMED))(
      "%s is rejected before it reaches the database",
      async (_, text) => {
        const { installation } = opened;
        const actor = { id: null, name: "test" };
        for (const attempt of [
          () => readKey(installation, text, UUID),
          () => readKey(installation, "1", text),
          () => listKeys(installation, text),
          () => listKeys(installation, "1", { search: text }),
          () => createKey(installation, text, actor, WEATHER_BOT),
          () => createKey(installation, "1", { ...actor, name: text }, WEATHER_BOT),
          () => createKey(installation, "1", actor, { ...WEATHER_BOT, description: text }),
          () => editKey(installation, "1", actor, text, {}),
        ]) {
          await expect(attempt()).rejects.toMatchObject({
            code: expect.stringMatching(/^ERR_(ARGUMENT|INPUT|NOT_FOUND)$/),
          });
        }
      },
    );
  });
});
