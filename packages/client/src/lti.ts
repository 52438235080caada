/**
 * LTI 1.1 launches: signs the fields of a form that a browser posts to the tool, and writes the
 * page that posts it.
 *
 * @module
 */

import type { Parameter } from "@oauth1/base-string";
import { aString, optional, type Rule } from "@oauth1/options";
import type { SharedSecret } from "@oauth1/signature-methods";
import { createSigner, type SignedRequest, type SignerOptions } from "@oauth1/signer";
import { type RulesOf, requireOptionsOf, wrongOption } from "./require-options.js";

/** Options of {@link ltiLaunch}. */
export interface LtiLaunchOptions
  extends Pick<SignerOptions, "signatureMethod" | "clock" | "nonce" | "allowInsecureTransport"> {
  /** The tool's key and secret, decoded. */
  readonly client: { readonly identifier: string } & SharedSecret;
  /**
   * The message's own parameters, decoded: `resource_link_id`, `user_id`, `roles`, `custom_…`, …
   * `lti_message_type` and `lti_version` are set if you omit them.
   */
  readonly parameters: Iterable<Parameter>;
}

/** A form for the user's browser to post. */
export interface LtiLaunch {
  /** The `action` of the form: the launch URL as a browser serializes it. */
  readonly action: string;
  /** The form's fields in order, decoded, without the parameters of the URL's query. */
  readonly fields: readonly Parameter[];
}

/** The reasons why a launch is rejected. */
export type LtiErrorCode =
  /**
   * The launch URL is not an `http` or `https` URL, or contains a user name or password. Remedy:
   * pass the launch URL of the tool, as it is configured there.
   */
  | "ERR_LTI_URL"
  /**
   * A basic launch has no `resource_link_id`. Remedy: pass `resource_link_id`, which identifies
   * the place of the launch.
   */
  | "ERR_LTI_PARAMETER_ABSENT"
  /**
   * A browser would change this field: `_charset_`, or a NUL. Remedy: remove the parameter or the
   * character.
   */
  | "ERR_LTI_FIELD";

/** Thrown for a launch that a browser would not send as it was signed. Never contains a secret. */
export class LtiError extends Error {
  override readonly name = "LtiError";
  /** A stable code that identifies the problem. */
  readonly code: LtiErrorCode;

  constructor(code: LtiErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Signs an LTI 1.1 launch. The signature covers the fields and the launch URL's own query, and the
 * protocol parameters are fields themselves (RFC 5849 §3.5.2). `oauth_callback` is `about:blank`,
 * as LTI requires.
 *
 * Browsers send each line break in a field as CR LF, so values are signed and returned in this
 * form.
 *
 * @param url - The launch URL.
 * @param options - The tool's key and secret, and the message.
 * @throws {@link LtiError}
 * @throws ClientError `ERR_CLIENT_OPTION`
 * @throws SignerError if the request cannot be signed, for example if a parameter begins with
 * `oauth_`.
 * @see RFC 5849 §3.5.2, and the implementation guide of IMS Global Learning Tools Interoperability
 * 1.1
 *
 * @example
 * ```ts
 * const launch = ltiLaunch("https://tool.example.com/launch?course=7", {
 *   client: { identifier: "12345", sharedSecret: "secret" },
 *   parameters: [
 *     ["resource_link_id", "120988f929-274612"],
 *     ["roles", "Instructor"],
 *   ],
 *   clock: () => 1251600739,
 *   nonce: () => "c8350c0e47782d16d2fa48b2090c1d8f",
 * });
 * launch.fields.map(([name]) => name).slice(0, 4);
 * // ["lti_message_type", "lti_version", "resource_link_id", "roles"]
 * launch.fields.at(-1)?.[0]; // "oauth_signature"
 * ```
 */
export function ltiLaunch(url: string | URL, options: LtiLaunchOptions): LtiLaunch {
  requireOptionsOf("ltiLaunch", options, LAUNCH_OPTIONS);
  const { parameters, ...signing } = options;
  const fields = messageFields(parameters);
  const signer = createSigner({ ...signing, transmission: "form-body" });
  const signed: SignedRequest<Parameter[]> = signer.sign(
    { method: "POST", url: launchUrl(url), body: fields },
    { protocolParameters: [["oauth_callback", "about:blank"]] },
  );
  return { action: signed.url, fields: [...fields, ...signed.protocolParameters] };
}

/** Options of {@link ltiLaunchPage}. */
export interface LtiLaunchPageOptions {
  /** The nonce of your Content Security Policy, for the script. */
  readonly scriptNonce?: string | undefined;
  /** The text of the button that is shown if scripts are disabled. Default: `"Continue"`. */
  readonly buttonText?: string | undefined;
}

/**
 * Writes a page that posts a launch as soon as a browser loads it. Everything from the launch is
 * escaped. Send it as `text/html; charset=utf-8`.
 *
 * @param launch - The result of {@link ltiLaunch}.
 *
 * @example
 * ```ts
 * const page = ltiLaunchPage({ action: "https://tool.example.com/", fields: [["a", '"><script>']] });
 * page.includes('<input type="hidden" name="a" value="&quot;&gt;&lt;script&gt;">'); // true
 * ```
 */
export function ltiLaunchPage(launch: LtiLaunch, options: LtiLaunchPageOptions = {}): string {
  requireOptionsOf("ltiLaunchPage", options, PAGE_OPTIONS);
  if (typeof launch?.action !== "string" || !Array.isArray(launch.fields)) {
    throw wrongOption("ltiLaunchPage", "launch", "must be the result of ltiLaunch()");
  }
  const { scriptNonce, buttonText = "Continue" } = options;
  const inputs = launch.fields.map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const nonce = scriptNonce === undefined ? "" : ` nonce="${escaped(scriptNonce)}"`;
  return `<!doctype html>
<html>
<head><meta charset="utf-8"><title>${escaped(buttonText)}</title></head>
<body>
<form method="post" action="${escaped(launchUrl(launch.action))}" accept-charset="utf-8">
${inputs.join("\n")}
<noscript><button>${escaped(buttonText)}</button></noscript>
</form>
<script${nonce}>HTMLFormElement.prototype.submit.call(document.forms[0])</script>
</body>
</html>
`;
}

const isIterable = (value: unknown) =>
  typeof value === "object" && value !== null && Symbol.iterator in value;
/** The signer checks its own options. */
const forTheSigner: Rule = { mustBe: "an option of the signer", isValid: () => true };
const LAUNCH_OPTIONS: RulesOf<LtiLaunchOptions> = {
  client: forTheSigner,
  signatureMethod: forTheSigner,
  clock: forTheSigner,
  nonce: forTheSigner,
  allowInsecureTransport: forTheSigner,
  parameters: { mustBe: "pairs of strings", isValid: isIterable },
};
const PAGE_OPTIONS: RulesOf<LtiLaunchPageOptions> = {
  scriptNonce: optional(aString),
  buttonText: optional(aString),
};

/** As a browser serializes it, because the tool receives this. */
function launchUrl(url: string | URL): string {
  const parsed = URL.canParse(String(url)) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new LtiError("ERR_LTI_URL", "the launch URL must be an absolute http or https URL");
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new LtiError("ERR_LTI_URL", "the launch URL must not contain a user name or password");
  }
  return parsed.href;
}

function messageFields(parameters: Iterable<Parameter>): Parameter[] {
  const given = [...(parameters ?? [])];
  for (const pair of given) {
    if (!Array.isArray(pair) || pair.length !== 2 || pair.some((one) => typeof one !== "string")) {
      throw wrongOption("ltiLaunch", "parameters", "must be pairs of strings");
    }
  }
  const parameterValue = (wanted: string) => given.find(([name]) => name === wanted)?.[1];
  const fields: Parameter[] = [];
  const messageType = parameterValue("lti_message_type");
  if (messageType === undefined) fields.push(["lti_message_type", BASIC_LAUNCH]);
  if (parameterValue("lti_version") === undefined) fields.push(["lti_version", "LTI-1p0"]);
  if ((messageType ?? BASIC_LAUNCH) === BASIC_LAUNCH && !parameterValue("resource_link_id")) {
    throw new LtiError(
      "ERR_LTI_PARAMETER_ABSENT",
      "parameters must contain resource_link_id for a basic launch",
    );
  }
  for (const [name, value] of given) fields.push([asSent(name), asSent(value)]);
  for (const [name] of fields) {
    if (/^_charset_$/i.test(name)) {
      throw new LtiError(
        "ERR_LTI_FIELD",
        "parameters must not contain _charset_, whose value browsers replace",
      );
    }
  }
  return fields;
}

const BASIC_LAUNCH = "basic-lti-launch-request";

/** HTML, "constructing an entry list": a line break of any kind is sent as CR LF. */
function asSent(text: string): string {
  if (text.includes("\0"))
    throw new LtiError(
      "ERR_LTI_FIELD",
      "parameters must not contain a NUL, which HTML cannot express",
    );
  return text.replace(/\r\n|\r|\n/g, "\r\n");
}

/** Text in an attribute's value. A raw CR would be read as LF. */
function escaped(text: string): string {
  return text.replace(/[&<>"'\r\n]/g, (character) => ESCAPES[character] ?? "");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\r": "&#13;",
  "\n": "&#10;",
};
