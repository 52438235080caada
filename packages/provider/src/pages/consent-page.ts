import type { ProviderClient } from "../client.js";
import type { ResourceOwner } from "../resource-owner.js";
import { escapeHtml, page } from "./page.js";

/** What a consent page shows, and the form that it must post. */
export interface Consent {
  readonly client: ProviderClient;
  readonly resourceOwner: ResourceOwner;
  /** The address that the form is posted to. */
  readonly action: string;
  /** The hidden fields of the form, which bind it to the session. */
  readonly fields: Readonly<Record<string, string>>;
  /** The field `decision` has one of these values. */
  readonly decisions: { readonly approve: "approve"; readonly deny: "deny" };
  /** The registered callback, or `oob`. */
  readonly callback: string;
}

/** The provider's own consent page (RFC 5849 §2.2). */
export function consentPage(consent: Consent): Response {
  const { client, resourceOwner, action, fields, callback } = consent;
  const hidden = Object.entries(fields).map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const maker = client.developer === undefined ? "" : ` by ${escapeHtml(client.developer)}`;
  const access = (client.access ?? ["Use your account"]).map(
    (sentence) => `<li>${escapeHtml(sentence)}</li>`,
  );
  const body = `
<p><strong>${escapeHtml(client.name)}</strong>${maker} asks for access to the account of <strong>${escapeHtml(resourceOwner.name ?? resourceOwner.identifier)}</strong>. It would be able to:</p>
<ul>${access.join("")}</ul>
<p>${whatFollows(callback)} You can end the access at any time.</p>
<form method="post" action="${escapeHtml(action)}">
${hidden.join("\n")}
<button class="approve" name="decision" value="approve">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`;
  return page(`Allow ${client.name} to use your account?`, body, {
    formTargets: targetOf(callback),
  });
}

/** The page with the verification code for a client without a callback. */
export function codePage(name: string, code: string): Response {
  return page(
    "Access allowed",
    `<p>Enter this code in <strong>${escapeHtml(name)}</strong>:</p>
<p><code class="code">${escapeHtml(code)}</code></p>
<p>Do not tell it to anybody else: whoever enters it can use your account.</p>`,
  );
}

/** The page after a denial for a client without a callback. */
export function deniedPage(name: string): Response {
  return page(
    "Access denied",
    `<p><strong>${escapeHtml(name)}</strong> gets no access. You can close this page.</p>`,
  );
}

/** The page for a request that cannot be decided. It does not lead anywhere. */
export function stalePage(status: number): Response {
  return page(
    "This request cannot be used",
    "<p>It is unknown, expired or already decided, or the page belongs to another session. Go back to the application and start again.</p>",
    { status },
  );
}

function whatFollows(callback: string): string {
  if (callback === "oob") {
    return "You then get a code to enter in the application. If somebody sent you here, choose Deny.";
  }
  return `You then return to <strong>${escapeHtml(targetOf(callback))}</strong>.`;
}

/** The origin of a callback, or its scheme if it opens an application. */
function targetOf(callback: string): string {
  if (callback === "oob") return "";
  const { origin, protocol } = new URL(callback);
  return origin === "null" ? protocol : origin;
}
