import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestTemporaryCredentials, requestTokenCredentials } from "@oauth1/client/authorization";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createSigner } from "@oauth1/signer";
import { isMissing, startPostgres, type TestServer } from "@oauth1/test-servers";
import { createVerifier } from "@oauth1/verifier";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { afterAll, beforeAll, describe } from "vitest";
import {
  createProvider,
  type ProviderClient,
  type ProviderOptions,
  type ProviderStore,
} from "../src/index.js";
import { memoryStore } from "../src/stores/memory.js";
import { openSqlStore } from "../src/stores/sql.js";
import { freshDataFolder } from "./data-folder.js";

export const ORIGIN = "https://photos.example.net";

/** The printer of RFC 5849 §1.2. */
export const PRINTER = {
  identifier: "dpf43f3p2l4k3l03",
  sharedSecrets: ["kd94hf93k423kf44"],
  name: "Printer",
  developer: "Example Printers",
  access: ["See your photos"],
  callbacks: ["http://printer.example.com/ready", "oob"],
} as const satisfies ProviderClient;

/** Another client of the same provider. */
export const SCANNER = {
  identifier: "scanner",
  sharedSecrets: ["scanner-secret"],
  name: "Scanner",
  callbacks: ["https://scanner.example.com/done?from=photos"],
} as const satisfies ProviderClient;

export type Credentials = { readonly identifier: string; readonly sharedSecret: string };

export function credentialsOf(client: ProviderClient): Credentials {
  return { identifier: client.identifier, sharedSecret: client.sharedSecrets?.[0] ?? "" };
}

/** Runs the same tests on each kind of store. */
export function onEachStore(tests: (store: () => ProviderStore, name: string) => void): void {
  describe("with the store in memory", () => {
    const store = memoryStore();
    tests(() => store, "memory");
  });
  for (const name of ["PGlite", "PostgreSQL"] as const) {
    describe.skipIf(name === "PostgreSQL" && isMissing("postgres"))(`with ${name}`, () => {
      let postgres: TestServer | undefined;
      let opened: Awaited<ReturnType<typeof openSqlStore>> | undefined;
      let dataFolder = "";
      beforeAll(async () => {
        dataFolder =
          name === "PGlite"
            ? await freshDataFolder()
            : mkdtempSync(join(tmpdir(), "oauth1-provider-"));
        if (name === "PostgreSQL") postgres = await startPostgres({ settings: { fsync: "off" } });
        opened = await openSqlStore({ dataFolder, databaseUrl: postgres?.url });
      });
      afterAll(async () => {
        await opened?.close();
        await postgres?.stop();
        rmSync(dataFolder, { recursive: true, force: true });
      });
      tests(() => opened as ProviderStore, name);
    });
  }
}

/** A provider, its clients and the browser of resource owners, in one process. */
export function serve(store: ProviderStore, options: Partial<ProviderOptions> = {}) {
  const time = { skew: 0 };
  const clock = () => Math.floor(Date.now() / 1000) + time.skew;
  const clients = new Map<string, ProviderClient>(
    [PRINTER, SCANNER].map((client) => [client.identifier, client]),
  );
  const shared = { nonces: memoryNonceStore({ clock }), signatureMethods: [hmacSha1], clock };
  const provider = createProvider({
    ...shared,
    store,
    clients: { find: (identifier) => clients.get(identifier) },
    realm: "Photos",
    problemReporting: "full",
    resourceOwner: (request) => {
      const [, session, name] =
        /session=((\w+)-\w+)/.exec(request.headers.get("Cookie") ?? "") ?? [];
      if (session === undefined || name === undefined)
        return Response.redirect(`${ORIGIN}/sign-in`);
      return { identifier: name, session };
    },
    ...options,
  });
  const api = createVerifier({ ...shared, credentials: provider.credentials, token: "required" });
  const send = async (url: string | URL, init?: RequestInit) =>
    (await provider.handle(new Request(url, init))) ?? new Response(null, { status: 404 });
  const fetch = send as typeof globalThis.fetch;
  const address = (path: string) => `${ORIGIN}${path}`;
  const { temporaryCredentials, authorization, token } = provider.paths;

  /** Opens the consent page, and returns its form. */
  async function open(identifier: string, session: string) {
    const url = `${address(authorization)}?oauth_token=${identifier}`;
    const response = await send(url, { headers: { Cookie: `session=${session}` } });
    const html = await response.text();
    const fields = new URLSearchParams(
      [...html.matchAll(/name="(\w+)" value="([^"]*)">/g)].map(([, name = "", value = ""]) => [
        name,
        value,
      ]),
    );
    fields.delete("decision");
    return { response, html, fields };
  }

  /** Posts the form of the consent page. */
  const post = (fields: URLSearchParams, session: string) =>
    send(address(authorization), {
      method: "POST",
      headers: { Cookie: `session=${session}` },
      body: fields,
    });

  async function decide(identifier: string, session: string, decision: "approve" | "deny") {
    const { fields } = await open(identifier, session);
    fields.set("decision", decision);
    return post(fields, session);
  }

  const begin = (client: ProviderClient = PRINTER, callback = client.callbacks[0] as string) =>
    requestTemporaryCredentials(address(temporaryCredentials), {
      client: credentialsOf(client),
      callback,
      fetch,
      clock,
    });
  const exchange = (temporary: Credentials, verifier: string, client: ProviderClient = PRINTER) =>
    requestTokenCredentials(address(token), {
      client: credentialsOf(client),
      temporaryCredentials: temporary,
      verifier,
      fetch,
      clock,
    });

  return {
    ...{
      provider,
      api,
      clients,
      time,
      clock,
      send,
      fetch,
      open,
      post,
      decide,
      begin,
      exchange,
      address,
    },
    /** The steps until the verification code. */
    async approved(client: ProviderClient = PRINTER, session = "jane-1") {
      const temporary = await begin(client);
      const response = await decide(temporary.identifier, session, "approve");
      const callback = new URL(response.headers.get("Location") ?? "");
      return { temporary, verifier: callback.searchParams.get("oauth_verifier") ?? "", callback };
    },
    /** What the protected API answers to a request with a token. */
    async callApi(tokenCredentials: Credentials, client: ProviderClient = PRINTER) {
      const signer = createSigner({
        client: credentialsOf(client),
        token: tokenCredentials,
        clock,
      });
      const signed = signer.sign({ method: "GET", url: `${ORIGIN}/photos?file=vacation.jpg` });
      const result = await api.verify(signed);
      return result.verified ? result.caller?.resourceOwner : result.problem;
    },
  };
}

/** What a failed step reports, without the parts that are random. */
export async function problemOf(step: Promise<unknown>): Promise<string> {
  return step.then(
    () => "no problem",
    (error) => `${error.status} ${error.report?.problem ?? error.problem ?? error.code}`,
  );
}

/** The identifier of a resource owner whom no other test uses. */
export function freshOwner(): string {
  return `owner${randomBytes(6).toString("hex")}`;
}
