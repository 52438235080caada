// A verifying server with credentials and nonces, and a client that can send any octets.
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createSigner, type SignableRequest, type SignerOptions } from "@oauth1/signer";
import {
  type CredentialStore,
  createVerifier,
  type KnownClient,
  type KnownToken,
  type NonceStore,
  type VerifiedRequest,
  type Verifier,
  type VerifierOptions,
} from "@oauth1/verifier";
import { nodeVerifier } from "@oauth1/verifier/node";

/** The RFC's own client and token (RFC 5849 §1.2). */
export const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
export const token = { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" };

export interface Account {
  readonly account: number;
}

/** Returns a store that knows the client and the token above, with the given changes. */
export function credentialStore(
  changed: { client?: Partial<KnownClient>; token?: Partial<KnownToken> } = {},
): CredentialStore<Account> {
  return {
    find: (clientIdentifier, tokenIdentifier) => ({
      client:
        clientIdentifier === client.identifier
          ? {
              identifier: client.identifier,
              sharedSecrets: [client.sharedSecret],
              ...changed.client,
            }
          : undefined,
      token:
        tokenIdentifier === token.identifier
          ? { identifier: token.identifier, sharedSecrets: [token.sharedSecret], ...changed.token }
          : undefined,
      caller: { account: 7 },
    }),
  };
}

/** Returns an exact store that never forgets a nonce. */
export function nonceStore(): NonceStore & { readonly spent: Set<string> } {
  const spent = new Set<string>();
  return {
    spent,
    spend({ client, token, timestamp, nonce }) {
      const before = spent.size;
      spent.add(JSON.stringify([client, token ?? null, timestamp, nonce]));
      return spent.size > before ? "fresh" : "used";
    },
  };
}

/** Returns the octets of text. */
export function octets(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Returns a verifier with the stores above. */
export function testVerifier(options: Partial<VerifierOptions<Account>> = {}): Verifier<Account> {
  return createVerifier({
    credentials: credentialStore(),
    nonces: nonceStore(),
    signatureMethods: [hmacSha1],
    realm: "Photos",
    problemReporting: "full",
    ...options,
  });
}

type TestBody = Uint8Array | string | URLSearchParams | undefined;

/** Signs as the client above. */
export function signed<Body extends TestBody = undefined>(
  request: SignableRequest<Body>,
  options: Partial<SignerOptions> = {},
): ReturnType<typeof signWith<Body>> {
  return signWith(request, options);
}

function signWith<Body extends TestBody>(
  request: SignableRequest<Body>,
  options: Partial<SignerOptions>,
) {
  return createSigner({ client, token, ...options }).sign<Body>(request);
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface TestServer {
  readonly origin: string;
  readonly host: string;
  readonly port: number;
  /** The requests that reached the handler. */
  readonly handled: { readonly verified: VerifiedRequest<Account>; readonly body: Buffer }[];
  /** Sends octets unchanged, and reads the first response. */
  raw(octets: string | Uint8Array): Promise<Answer>;
  close(): Promise<void>;
}

/** Serves a verifier with `node:http`. The handler responds with the body. */
export async function serve(verifier: Verifier<Account>): Promise<TestServer> {
  const handled: TestServer["handled"] = [];
  const listener = nodeVerifier(verifier, async (request, response, verified) => {
    const body = await readAll(request);
    handled.push({ verified, body });
    response.end(body);
  });
  const server = createServer(listener);
  const { origin, port, close } = await listen(server);
  return {
    origin,
    port,
    host: `127.0.0.1:${port}`,
    handled,
    raw: (octets) => sendRaw(port, octets),
    close,
  };
}

export async function listen(
  server: Server,
): Promise<{ origin: string; port: number; close(): Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function createListeningServer(
  listener: RequestListener,
): Promise<Awaited<ReturnType<typeof listen>>> {
  return listen(createServer(listener));
}

export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Writes headers as they are sent. */
export function head(
  requestLine: string,
  headers: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
): string {
  const fields = Array.isArray(headers) ? headers : Object.entries(headers);
  return `${requestLine}\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

/** Sends octets and reads one response: status, headers, body as text. */
export function sendRaw(port: number, octets: string | Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    const parse = (isEnd: boolean) => {
      const end = received.indexOf("\r\n\r\n");
      if (end < 0) return isEnd ? reject(new Error("no answer")) : undefined;
      const [statusLine = "", ...lines] = received.slice(0, end).split("\r\n");
      const headers = new Headers(
        lines.map((line): [string, string] => {
          const colon = line.indexOf(":");
          return [line.slice(0, colon), line.slice(colon + 1).trim()];
        }),
      );
      const body = received.slice(end + 4);
      const length = headers.get("content-length");
      if (
        !isEnd &&
        (length === null ? !body.endsWith("0\r\n\r\n") : body.length < Number(length))
      ) {
        return;
      }
      socket.destroy();
      resolve({ status: Number(statusLine.split(" ")[1]), headers, body });
    };
    socket.setEncoding("latin1");
    socket.on("data", (text) => {
      received += text;
      parse(false);
    });
    socket.on("end", () => parse(true));
    socket.on("error", reject);
    socket.write(octets);
  });
}
