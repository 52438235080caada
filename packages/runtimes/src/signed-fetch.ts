// Runs inside every runtime for @oauth1/client: its `signedFetch` with the runtime's own `fetch`.
// The server that receives each request verifies it.

import { ClientError, signedFetch } from "@oauth1/client";
import { createSigner, SignerError } from "@oauth1/signer";

export interface FetchOptions {
  /** The server that verifies. */
  readonly origin: string;
  /** The target of a redirect to another origin. */
  readonly elsewhere: string;
  readonly client: { readonly identifier: string; readonly sharedSecret: string };
  readonly token: { readonly identifier: string; readonly sharedSecret: string };
}

/** The result of a request: a response, or the code of a {@link ClientError} or a {@link SignerError}. */
export type Fetched<Echo> =
  | { readonly status: number; readonly redirected: boolean; readonly echo: Echo }
  | { readonly code: string };

/** The result of each request, by its name here. */
export type FetchReport<Echo> = Readonly<Record<string, Fetched<Echo>>>;

/** Sends requests of every kind and returns the server's results. */
export async function run(options: FetchOptions): Promise<FetchReport<unknown>> {
  const { origin, elsewhere, client, token } = options;
  const fetch = signedFetch(createSigner({ client, token }));
  const hashing = signedFetch(createSigner({ client, token, bodyHash: true }));
  const other = { ...client, sharedSecret: `${client.sharedSecret}x` };
  const wrong = signedFetch(createSigner({ client: other, token }));
  const form = () => new URLSearchParams({ "a b": "☃ + & =" });
  const json = JSON.stringify({ title: "☃" });
  const headers = { "Content-Type": "application/json" };

  const requests: Record<string, () => Promise<Response>> = {
    query: () => fetch(`${origin}/photos?size=big one&é=~%21+&é=`),
    form: () => fetch(`${origin}/photos?a=1`, { method: "POST", body: form() }),
    json: () => hashing(`${origin}/photos`, { method: "POST", headers, body: json }),
    octets: () =>
      hashing(new URL(`${origin}/photos`), { method: "PUT", body: new Uint8Array([0, 255]) }),
    request: () => fetch(new Request(`${origin}/photos?a=1`, { method: "POST", body: form() })),
    "wrong shared-secret": () => wrong(`${origin}/photos`),
    redirect: () => fetch(`${origin}/to/307/2/photos?a=1`, { method: "POST", body: form() }),
    "redirect elsewhere": () => fetch(`${origin}/at/302/${encodeURIComponent(elsewhere)}`),
    authorization: () => fetch(`${origin}/photos`, { headers: { Authorization: "Bearer x" } }),
  };
  const report: Record<string, Fetched<unknown>> = {};
  for (const [name, send] of Object.entries(requests)) report[name] = await fetched(send);
  return report;
}

async function fetched(send: () => Promise<Response>): Promise<Fetched<unknown>> {
  try {
    const response = await send();
    const { status, redirected } = response;
    return { status, redirected, echo: await response.json() };
  } catch (error) {
    if (error instanceof ClientError || error instanceof SignerError) return { code: error.code };
    throw error;
  }
}
