import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import { isCallbackOf, type ProviderClient } from "./client.js";
import { type Endpoint, methodResponse, type Setup } from "./endpoint.js";
import { codePage, consentPage, deniedPage, stalePage } from "./pages/consent-page.js";
import { protectedPage } from "./pages/page.js";
import { ProviderSetupError } from "./provider-setup-error.js";
import type { TemporaryCredentials } from "./provider-store.js";
import { keyedHash, randomText, typableCode } from "./random-text.js";
import { readForm } from "./read-form.js";
import type { ResourceOwner } from "./resource-owner.js";

/** The Resource Owner Authorization endpoint (RFC 5849 §2.2). */
export function authorizationEndpoint(setup: Setup): Endpoint {
  return async (request, { native } = {}) => {
    const wrongMethod = methodResponse(request, ["GET", "POST"]);
    if (wrongMethod) return wrongMethod;
    const form = request.method === "POST" ? await readForm(request) : undefined;
    if (request.method === "POST" && form === undefined) return stalePage(400);
    const asked = (form ?? new URL(request.url).searchParams).get("oauth_token") ?? "";
    const pending = await findPending(setup, asked);
    if (pending === undefined) return stalePage(400);
    const owner = await setup.resourceOwner(request, native, pending.client);
    if (owner instanceof Response) return owner;
    requireResourceOwner(owner);

    const binding = bindingOf(pending.temporary, owner);
    if (form === undefined) return showConsent(setup, pending, owner, binding);
    if (!equalInConstantTime(binding, form.get("binding") ?? "")) return stalePage(403);
    return decide(setup, pending, owner, form.get("decision"));
  };
}

interface Pending {
  readonly client: ProviderClient;
  readonly temporary: TemporaryCredentials;
}

/** Finds what is not expired or decided. The callback can have lost its registration since. */
async function findPending(setup: Setup, identifier: string): Promise<Pending | undefined> {
  const temporary = await setup.store.findTemporaryCredentials(identifier);
  if (temporary?.decision !== "pending" || temporary.expires <= setup.now()) return undefined;
  const client = await setup.clients.find(temporary.client);
  if (client === undefined || (client.status ?? "enabled") !== "enabled") return undefined;
  return isCallbackOf(client, temporary.callback) ? { client, temporary } : undefined;
}

/** Binds a page to a session: another site or another user cannot post it (RFC 5849 §4.13). */
function bindingOf({ consentKey }: TemporaryCredentials, owner: ResourceOwner): string {
  return keyedHash(consentKey, "consent", owner.identifier, owner.session);
}

async function showConsent(
  { consentPage: own = consentPage, paths, publicPath = "" }: Setup,
  { client, temporary }: Pending,
  resourceOwner: ResourceOwner,
  binding: string,
): Promise<Response> {
  const shown = await own({
    client,
    resourceOwner,
    // The same address as that of the page, for `resourceOwner`.
    action: `${publicPath}${paths.authorization}?${new URLSearchParams({ oauth_token: temporary.identifier })}`,
    fields: { oauth_token: temporary.identifier, binding },
    decisions: { approve: "approve", deny: "deny" },
    callback: temporary.callback,
  });
  return own === consentPage ? shown : protectedPage(shown);
}

async function decide(
  { store }: Setup,
  { client, temporary }: Pending,
  owner: ResourceOwner,
  decision: string | null,
): Promise<Response> {
  if (decision !== "approve" && decision !== "deny") return stalePage(400);
  const isOutOfBand = temporary.callback === "oob";
  const code = isOutOfBand ? typableCode() : randomText();
  const isFirst = await store.decide(temporary.identifier, {
    decision: decision === "approve" ? "approved" : "denied",
    resourceOwner: owner.identifier,
    codeHash: decision === "approve" ? codeHashOf(temporary, code) : undefined,
  });
  if (!isFirst) return stalePage(400);
  if (isOutOfBand) {
    return decision === "approve" ? codePage(client.name, code) : deniedPage(client.name);
  }
  return protectedPage(
    redirect(temporary.callback, {
      oauth_token: temporary.identifier,
      // Problem Reporting: the resource owner rejected this client.
      ...(decision === "approve"
        ? { oauth_verifier: code }
        : { oauth_problem: "permission_denied" }),
    }),
  );
}

/**
 * The stored form of a verification code. People can type it in lower case, or with spaces between.
 */
export function codeHashOf({ consentKey, callback }: TemporaryCredentials, code: string): string {
  const typed = callback === "oob" ? code.replace(/[\s-]/g, "").toUpperCase() : code;
  return keyedHash(consentKey, "code", typed);
}

/** Adds parameters to the query of the registered callback, which stays as it is spelled. */
function redirect(callback: string, parameters: Readonly<Record<string, string>>): Response {
  const separator = callback.includes("?") ? "&" : "?";
  const location = `${callback}${separator}${new URLSearchParams(parameters)}`;
  return new Response(null, { status: 303, headers: { Location: location } });
}

function requireResourceOwner(owner: ResourceOwner): void {
  for (const member of ["identifier", "session"] as const) {
    if (typeof owner?.[member] === "string" && owner[member] !== "") continue;
    throw new ProviderSetupError(
      "ERR_PROVIDER_OPTION",
      `createProvider: resourceOwner() must return a Response, or an object whose ${member} is a non-empty string`,
    );
  }
}
