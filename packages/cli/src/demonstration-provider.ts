import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createProvider, type Provider } from "@oauth1/provider";
import { nodeProvider } from "@oauth1/provider/node";
import { type OpenSqlStore, openSqlStore } from "@oauth1/provider/sql";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createVerifier } from "@oauth1/verifier";
import { nodeVerifier } from "@oauth1/verifier/node";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { UsageError } from "./usage-error.js";

/** The client and the resource owner of RFC 5849 §1.2. */
export const PRINTER = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
export const JANE = { identifier: "jane", name: "Jane" };

/** A provider that runs on this machine, with a site for its resource owner and its client. */
export interface DemonstrationProvider {
  readonly provider: Provider;
  readonly origin: string;
  /** The client's own callback, which resolves {@link returned}. */
  readonly callback: string;
  /** The address with which the browser returned to the client's own callback. */
  readonly returned: Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts the provider with an embedded database.
 *
 * @param callback - The registered callback. Default: the client's own.
 * @throws StorageError if the folder cannot be used.
 * @throws UsageError if the port cannot be used.
 */
export async function startDemonstration(
  dataFolder: string,
  port: number,
  callback?: string,
): Promise<DemonstrationProvider> {
  const server = createServer();
  const origin = await listen(server, port);
  let store: OpenSqlStore | undefined;
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await store?.close();
  };
  try {
    store = await openSqlStore({ dataFolder });
    const own = `${origin}/ready`;
    const shared = { nonces: postgresNonceStore(store.client), signatureMethods: [hmacSha1] };
    const { signIn, resourceOwner } = demonstrationSignIn();
    const printer = {
      identifier: PRINTER.identifier,
      sharedSecrets: [PRINTER.sharedSecret],
      name: "Printer",
      developer: "Example Printers",
      access: ["See your photos"],
      callbacks: [callback ?? own],
    };
    const provider = createProvider({
      ...shared,
      store,
      clients: { find: (identifier) => (identifier === printer.identifier ? printer : undefined) },
      realm: "Photos",
      // It listens on this machine only.
      allowInsecureTransport: true,
      resourceOwner,
    });
    const photos = nodeVerifier(
      createVerifier({
        ...shared,
        credentials: provider.credentials,
        token: "required",
        realm: "Photos",
      }),
      (_request, response, { caller }) => {
        response.end(`Photos of ${caller?.resourceOwner}: vacation.jpg`);
      },
    );
    const returned = new Promise<string>((resolve) => {
      const pages: Readonly<
        Record<string, (request: IncomingMessage, response: ServerResponse) => unknown>
      > = {
        "/photos": photos,
        "/sign-in": signIn,
        "/ready": (request, response) => {
          showPage(
            response,
            "Printer",
            "<p>Go back to the terminal, where the dance continues.</p>",
          );
          resolve(`${origin}${request.url}`);
        },
      };
      server.on(
        "request",
        nodeProvider(provider, (request, response) => {
          const page = pages[new URL(request.url ?? "/", origin).pathname];
          return page === undefined ? response.writeHead(404).end() : page(request, response);
        }),
      );
    });
    return { provider, origin, callback: own, returned, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<string> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch(({ code, message }: NodeJS.ErrnoException) => {
    const reason = code === "EADDRINUSE" ? "it is in use" : message;
    throw new UsageError(`--port: cannot listen on port ${port}: ${reason}; pass another port`);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A sign-in without a password, in place of that of a real site. */
function demonstrationSignIn() {
  const sessions = new Set<string>();
  return {
    resourceOwner(request: Request) {
      const session = /(?:^|; )session=([\w-]+)/.exec(request.headers.get("Cookie") ?? "")?.[1];
      if (session !== undefined && sessions.has(session)) return { ...JANE, session };
      const { pathname, search } = new URL(request.url);
      const to = encodeURIComponent(pathname + search);
      return new Response(null, { status: 303, headers: { Location: `/sign-in?to=${to}` } });
    },
    signIn({ url = "", method }: IncomingMessage, response: ServerResponse) {
      const to = new URL(url, "http://localhost").searchParams.get("to") ?? "";
      // It leads nowhere else.
      if (!to.startsWith("/oauth/authorize?")) return response.writeHead(400).end();
      if (method !== "POST") {
        const form = `<form method="post" action="/sign-in?to=${encodeURIComponent(to)}"><button>Sign in as ${JANE.name}</button></form>`;
        return showPage(response, "Sign in to Photos", form);
      }
      const session = randomBytes(32).toString("base64url");
      sessions.add(session);
      const cookie = `session=${session}; Path=/; HttpOnly; SameSite=Lax`;
      return response.writeHead(303, { "Set-Cookie": cookie, Location: to }).end();
    },
  };
}

function showPage(response: ServerResponse, title: string, body: string): void {
  response.writeHead(200, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
  });
  response.end(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<main><h1>${title}</h1>
${body}</main>
</html>
`);
}
