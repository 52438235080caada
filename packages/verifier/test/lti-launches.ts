// Launches as platforms make them: signed by ims-lti, by Python's oauthlib and by our signer.
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { parse } from "node:url";
import { createSigner, type SignerOptions } from "@oauth1/signer";
import type { ReceivedRequest } from "@oauth1/verifier";
import {
  createLtiVerifier,
  type LtiMessageType,
  type LtiVerifierOptions,
} from "@oauth1/verifier/lti";
import { signWithOauthlib, type UnsignedRequest } from "./sign-with-oauthlib.js";
import { nonceStore } from "./verifying-server.js";

export const FORM = "application/x-www-form-urlencoded";

/** The key and secret in the examples of the LTI 1.1 Implementation Guide. */
export const consumer = { identifier: "12345", sharedSecret: "secret" };

export interface School {
  readonly school: number;
}

export type Pairs = readonly (readonly [name: string, value: string])[];

/** The minimum content of a basic launch. */
export const least: Pairs = [
  ["lti_message_type", "basic-lti-launch-request"],
  ["lti_version", "LTI-1p0"],
  ["resource_link_id", "120988f929-274612"],
];

/** The minimum content of a content selection. */
export const leastSelection: Pairs = [
  ["lti_message_type", "ContentItemSelectionRequest"],
  ["lti_version", "LTI-1p0"],
  ["accept_media_types", "application/vnd.ims.lti.v1.ltilink, image/*"],
  ["accept_presentation_document_targets", "iframe,window"],
  ["content_item_return_url", "https://school.example.com/return"],
];

/** Text that encoders often get wrong. */
export const rich: Pairs = [
  ...least,
  ["roles", "Instructor,urn:lti:instrole:ims/lis/Administrator"],
  ["user_id", "292832126"],
  ["lis_person_name_full", `Jané "☃" O'Neil <j@e.com> & co`],
  ["custom_text", "one\r\ntwo +%26 &amp; = \t~!*'()"],
  ["ext_empty", ""],
  ["context_title", "Mathématiques 101"],
];

export const credentials = {
  find: (identifier: string) => ({
    client:
      identifier === consumer.identifier
        ? { identifier, sharedSecrets: [consumer.sharedSecret] }
        : undefined,
    caller: { school: 7 },
  }),
};

/** Returns a verifier that knows the consumer above. */
export function ltiVerifier<Type extends LtiMessageType = "basic-lti-launch-request">(
  options: Partial<LtiVerifierOptions<School, Type>> = {},
) {
  return createLtiVerifier<School, Type>({
    credentials,
    nonces: nonceStore(),
    problemReporting: "full",
    ...options,
  });
}

/** A launch signed by our signer. */
export function launched(
  parameters: Pairs = least,
  {
    url = "https://tool.example.com/launch",
    method = "POST",
    ...options
  }: Partial<SignerOptions & { url: string; method: string }> = {},
): ReceivedRequest & { body: string } {
  const signer = createSigner({ client: consumer, transmission: "form-body", ...options });
  const body = formOf(parameters);
  const signed = signer.sign({ method, url, headers: { "Content-Type": FORM }, body });
  return { method, url: signed.url, headers: signed.headers, body: signed.body ?? "" };
}

/** A launch signed by the signature class of ims-lti's Provider. */
export function launchedByImsLti(
  parameters: Pairs,
  url = "https://tool.example.com/launch",
): ReceivedRequest & { body: string } {
  const pairs: Pairs = [
    ...parameters,
    ["oauth_consumer_key", consumer.identifier],
    ["oauth_nonce", randomBytes(16).toString("hex")],
    ["oauth_signature_method", "HMAC-SHA1"],
    ["oauth_timestamp", String(Math.floor(Date.now() / 1000))],
    ["oauth_version", "1.0"],
    ["oauth_callback", "about:blank"],
  ];
  const signature = new Provider(
    consumer.identifier,
    consumer.sharedSecret,
  ).signer.build_signature_raw(
    url.split("?")[0] ?? "",
    parse(url, true),
    "POST",
    Object.fromEntries(pairs),
    consumer.sharedSecret,
  );
  return {
    method: "POST",
    url,
    headers: { "Content-Type": FORM },
    body: formOf([...pairs, ["oauth_signature", signature]]),
  };
}

const { Provider } = createRequire(import.meta.url)("ims-lti") as {
  Provider: new (
    key: string,
    secret: string,
  ) => {
    signer: {
      build_signature_raw(
        url: string,
        parsed: { query: unknown },
        method: string,
        parameters: Record<string, string>,
        secret: string,
      ): string;
    };
  };
};

/** Launches signed by oauthlib, one for each URL. */
export function launchedByOauthlib(
  parameters: Pairs,
  urls: readonly string[],
): (ReceivedRequest & { body: string })[] {
  const body = formOf(parameters);
  const requests = urls.map(
    (url): UnsignedRequest => ({
      method: "POST",
      url,
      body,
      client: consumer,
      signatureMethod: "HMAC-SHA1",
      signatureType: "BODY",
    }),
  );
  return signWithOauthlib(requests).map((request) => ({ ...request, body: String(request.body) }));
}

function formOf(pairs: Pairs): string {
  return new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString();
}
