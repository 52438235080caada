import { signatureMethodNames } from "@oauth1/signature-methods/registry";
import type { LinkedInput } from "./linked-input.js";

/** Returns the fragment of a link to a request. Browsers do not send fragments to the server. */
export function permalinkFragment(linked: LinkedInput): string {
  const octets = new TextEncoder().encode(JSON.stringify(linked));
  const base64 = btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(""));
  return `#request=${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** Returns the input in a fragment, or `undefined` if it contains none or is malformed. */
export function readPermalink(fragment: string): LinkedInput | undefined {
  const base64 = /^#request=([\w-]+)$/.exec(fragment)?.[1];
  if (base64 === undefined) return undefined;
  try {
    const binary = atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
    const octets = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(octets));
    return isLinkedInput(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isLinkedInput(value: unknown): value is LinkedInput {
  if (typeof value !== "object" || value === null) return false;
  const input = value as Record<string, unknown>;
  const texts = [
    "clientIdentifier",
    "tokenIdentifier",
    "signatureMethod",
    "realm",
    "timestamp",
    "nonce",
  ];
  const { request, transmission, hasVersion } = input;
  if (typeof request !== "object" || request === null) return false;
  const { method, url, body, headers } = request as Record<string, unknown>;
  return (
    texts.every((name) => typeof input[name] === "string") &&
    signatureMethodNames.includes(String(input["signatureMethod"])) &&
    ["header", "form-body", "query"].includes(String(transmission)) &&
    typeof hasVersion === "boolean" &&
    [method, url, body].every((text) => typeof text === "string") &&
    Array.isArray(headers) &&
    headers.every(
      (pair) =>
        Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === "string"),
    )
  );
}
