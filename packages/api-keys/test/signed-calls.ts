// A real server, and calls that are signed with a key.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { createSigner } from "@oauth1/signer";
import {
  type ApiKeysServerOptions,
  createApiKeysServer,
  createKey,
  type Installation,
  type KeyWithCredentials,
  type NewKey,
} from "../src/index.js";
import { freshAccount, WEATHER_BOT } from "./installations.js";

/** A key, and the path of an API that it may call with GET. */
export interface CallingKey extends KeyWithCredentials {
  readonly accountId: string;
  readonly actor: { readonly id: string | null; readonly name: string };
  readonly path: string;
}

/** Creates a key in its own account. */
export async function callingKey(
  installation: Installation,
  fields: Partial<NewKey> = {},
): Promise<CallingKey> {
  const { accountId, actor } = await freshAccount(installation);
  const made = await createKey(installation, accountId, actor, {
    ...WEATHER_BOT,
    category: "administration",
    permissions: ["users"],
    ...fields,
  });
  return {
    ...made,
    accountId,
    actor,
    path: `/api/account/${accountId}/echo/administration/users`,
  };
}

/** Starts the API on a free port. The client address is the header `X-Test-Address`. */
export async function startServer(
  installation: Installation,
  options: ApiKeysServerOptions = {},
): Promise<{ origin: string; close: () => void }> {
  const { fetch } = createApiKeysServer(installation, {
    addressOf: (request) => request.headers.get("X-Test-Address") ?? "192.0.2.1",
    allowInsecureTransport: true,
    ...options,
  });
  const listener = createAdaptorServer({ fetch, createServer }) as Server;
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as { port: number };
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      listener.close();
      listener.closeAllConnections();
    },
  };
}

/** The changes that make a call wrong. */
export interface Deviation {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string | URLSearchParams;
  /** The URL that is signed instead of the one that is called. */
  readonly signedUrl?: string;
  readonly signedMethod?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signer?: object;
}

/** Calls an API, signed with a key. */
export function call(origin: string, key: CallingKey, deviation: Deviation = {}) {
  const { method = "GET", path = key.path, body, headers = {} } = deviation;
  const url = `${origin}${path}`;
  const signed = createSigner({ ...key.credentials, ...deviation.signer }).sign({
    method: deviation.signedMethod ?? method,
    url: deviation.signedUrl ?? url,
    ...(body !== undefined && { body, headers: { "Content-Type": contentType(body) } }),
  });
  return fetch(deviation.signedUrl === undefined ? signed.url : url, {
    method,
    headers: { ...Object.fromEntries(new Headers(signed.headers as HeadersInit)), ...headers },
    ...(body !== undefined && { body }),
  });
}

function contentType(body: string | URLSearchParams): string {
  return typeof body === "string" ? "application/json" : "application/x-www-form-urlencoded";
}
