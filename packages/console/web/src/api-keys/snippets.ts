import type { ApiKey, Catalogue, KeyCredentials } from "@oauth1/api-keys";
import { curlCommand } from "@oauth1/client/curl";
import { createSigner } from "@oauth1/signer";
import { type ExampleRequest, exampleRequest } from "./example-request.js";

/** Snippets that a developer can copy to get started. */
export interface Snippets {
  /** The value of the `Authorization` header for the request of `curl`. */
  readonly header: string;
  /** A command that calls the account's API once. */
  readonly curl: string;
  /** A program that signs each of its requests. */
  readonly fetch: string;
  /** The four values as environment variables. */
  readonly env: string;
}

/** Creates snippets for a new key. The page itself signs the request. */
export function snippetsOf(
  key: ApiKey,
  credentials: KeyCredentials,
  accountId: string,
  catalogue: Catalogue,
  base: string,
): Snippets {
  const request = exampleRequest(base, accountId, key, catalogue);
  const signed = createSigner(credentials).sign(request);
  return {
    header: signed.headers["Authorization"] ?? "",
    curl: curlCommand(signed),
    fetch: fetchSnippet(request, envFileName(key)),
    env: envFile(key.applicationName, credentials),
  };
}

/**
 * Returns the name of the file with the four values of a key. It is plain ASCII, so that it can be
 * typed in every shell. A name without such characters is replaced by the App key's beginning.
 */
export function envFileName({
  applicationName,
  client,
}: Pick<ApiKey, "applicationName" | "client">): string {
  const words = applicationName
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .match(/[a-z0-9]+/g);
  const name = words?.join("-").slice(0, 60).replace(/-$/, "");
  return `${name ?? `api-key-${client.identifier.slice(0, 8)}`}.env`;
}

function fetchSnippet({ method, url }: ExampleRequest, envFile: string): string {
  return `// npm install @oauth1/client @oauth1/signer; node --env-file=${envFile} call.mjs
import { signedFetch } from "@oauth1/client";
import { createSigner } from "@oauth1/signer";

const {
  OAUTH1_CLIENT_IDENTIFIER,
  OAUTH1_CLIENT_SHARED_SECRET,
  OAUTH1_TOKEN_IDENTIFIER,
  OAUTH1_TOKEN_SHARED_SECRET,
} = process.env;

const fetch = signedFetch(
  createSigner({
    client: { identifier: OAUTH1_CLIENT_IDENTIFIER, sharedSecret: OAUTH1_CLIENT_SHARED_SECRET },
    token: { identifier: OAUTH1_TOKEN_IDENTIFIER, sharedSecret: OAUTH1_TOKEN_SHARED_SECRET },
  }),
);
const response = await fetch(${JSON.stringify(url)}${method === "GET" ? "" : `, { method: "${method}" }`});
console.log(response.status, await response.json());
`;
}

function envFile(applicationName: string, { client, token }: KeyCredentials): string {
  return `# ${applicationName.replace(/[\r\n]/g, " ")}: App key, Secret, Access token, Access token secret
OAUTH1_CLIENT_IDENTIFIER=${client.identifier}
OAUTH1_CLIENT_SHARED_SECRET=${client.sharedSecret}
OAUTH1_TOKEN_IDENTIFIER=${token.identifier}
OAUTH1_TOKEN_SHARED_SECRET=${token.sharedSecret}
`;
}
