import { serializeAuthorizationHeader } from "@oauth1/auth-header";
import {
  baseStringUri,
  formParameters,
  normalizeParameters,
  queryParameters,
  signatureBaseString,
} from "@oauth1/base-string";
import { signHmacSha1 } from "@oauth1/hmac-sha1";
import { percentEncode } from "@oauth1/percent-encoding";
import type { Line, Picture, Span } from "./draw.ts";

/** The example of RFC 5849 §3.4.1.1, with the secrets of §3.1. */
const request = {
  method: "POST",
  url: "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
  body: "c2&a3=2+q",
};
const protocolParameters = [
  ["oauth_consumer_key", "9djdj82h48djs9d2"],
  ["oauth_token", "kkk9d7dh3k39sjv7"],
  ["oauth_signature_method", "HMAC-SHA1"],
  ["oauth_timestamp", "137131201"],
  ["oauth_nonce", "7d8f3e4a"],
] as const;
const secrets = { clientSharedSecret: "j49sk3j29djd", tokenSharedSecret: "dh893hdasih9" };

/** Each step, with the results of the packages. */
export function signatureSteps(): Picture[] {
  const uri = baseStringUri(request.url);
  const query = queryParameters(request.url);
  const form = formParameters(request.body);
  const all = [...query, ...form, ...protocolParameters];
  const normalized = normalizeParameters(all);
  const baseString = signatureBaseString(request, protocolParameters);
  const signature = signHmacSha1(baseString, secrets);
  const header = serializeAuthorizationHeader({
    realm: "Example",
    parameters: [...protocolParameters, ["oauth_signature", signature]],
  });
  const [method = "", encodedUri = "", encodedParameters = ""] = baseString.split("&");
  const pairs = (list: readonly (readonly [string, string])[], part: Span["part"]): Line[] =>
    list.map(([name, value]) => [span(name, part), span(` = ${value === "" ? "(empty)" : value}`)]);

  return [
    {
      name: "request",
      title: "The request",
      description: `${request.method} ${request.url} with the form ${request.body}`,
      lines: [
        [span(`${request.method} `, "method"), span(new URL(request.url).pathname, "uri")],
        [span(request.url.slice(request.url.indexOf("?")), "query")],
        [span("Host: "), span("example.com", "uri")],
        [span("")],
        [span(request.body, "form")],
      ],
    },
    {
      name: "base-string-uri",
      title: "1. The base string URI",
      description: uri,
      lines: [[span(uri, "uri")]],
    },
    {
      name: "parameters",
      title: "2. The parameters, decoded",
      description: all.map((pair) => pair.join(" = ")).join(", "),
      lines: [
        ...pairs(query, "query"),
        ...pairs(form, "form"),
        ...pairs(protocolParameters, "protocol"),
      ],
    },
    {
      name: "normalized",
      title: "3. Encoded and sorted",
      description: normalized,
      lines: normalized.split("&").map((pair, index) => {
        const [name = "", value = ""] = pair.split("=");
        return [span(index === 0 ? " " : "&"), span(name, partOf(name, value)), span(`=${value}`)];
      }),
    },
    {
      name: "base-string",
      title: "4. The signature base string",
      description: baseString,
      lines: [
        [span(method, "method"), span("&"), span(encodedUri, "uri"), span("&")],
        [span(encodedParameters)],
      ],
    },
    {
      name: "signature",
      title: "5. The signature",
      description: `HMAC-SHA1 with the key ${keyOf()} is ${signature}`,
      lines: [
        [span("key   "), span(keyOf(), "secret")],
        [span("text  "), span("the signature base string")],
        [span("HMAC-SHA1, base64")],
        [span(signature, "signature")],
      ],
    },
    {
      name: "header",
      title: "6. The Authorization header",
      description: header,
      lines: [
        [span("Authorization: OAuth")],
        ...header
          .replace(/^OAuth /, "")
          .split(", ")
          .map((field, index, { length }): Line => {
            const comma = index < length - 1 ? "," : "";
            const part = /^realm/.test(field)
              ? undefined
              : /^oauth_signature=/.test(field)
                ? "signature"
                : "protocol";
            return [span("  "), span(field, part), span(comma)];
          }),
      ],
    },
  ];

  /** Where a normalized parameter comes from. */
  function partOf(name: string, value: string): Span["part"] {
    const comesFrom = (list: readonly (readonly [string, string])[]) =>
      list.some((pair) => percentEncode(pair[0]) === name && percentEncode(pair[1]) === value);
    return comesFrom(query) ? "query" : comesFrom(form) ? "form" : "protocol";
  }
}

/** RFC 5849 §3.4.2: both secrets, encoded, joined by "&". */
function keyOf(): string {
  const { clientSharedSecret, tokenSharedSecret } = secrets;
  return `${percentEncode(clientSharedSecret)}&${percentEncode(tokenSharedSecret)}`;
}

function span(text: string, part?: Span["part"]): Span {
  return part === undefined ? { text } : { text, part };
}
