import { type IncomingHttpHeaders, request as sendHttp } from "node:http";
import { request as sendHttps } from "node:https";
import { serializeAuthorizationHeader } from "@oauth1/auth-header";
import { type Parameter, signatureBaseString } from "@oauth1/base-string";
import { percentEncode } from "@oauth1/percent-encoding";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";

/** What is probed, and with whose credentials. */
export interface ProbeTarget {
  /** A resource that a rightly signed request gets with a status below 400. */
  readonly url: string;
  /** `GET` where left out. A `POST` sends a form. */
  readonly method?: string | undefined;
  readonly client: { readonly identifier: string; readonly sharedSecret: string };
  readonly token?: { readonly identifier: string; readonly sharedSecret: string } | undefined;
  /** `HMAC-SHA1` where left out. */
  readonly signatureMethod?: string | undefined;
}

/** A request, before and after it is signed. Each probe changes a right one. */
export interface ProbeRequest {
  method: string;
  url: string;
  /** As it is sent; `undefined` for no body. */
  form: string | undefined;
  /** Decoded; signed, but for the realm. */
  protocolParameters: Parameter[];
  clientSharedSecret: string;
  tokenSharedSecret: string;
  /** Where the protocol parameters go. */
  transmission: "header" | "query" | "form-body";
  /** Changes the header field after it was written. */
  rewrite: (header: string) => string;
}

const METHODS = new Map([hmacSha1, hmacSha256, hmacSha512].map((method) => [method.name, method]));

/** A request that is right in all, with a nonce of its own and the time of now. */
export function rightRequest(target: ProbeTarget, nonce: string, now: number): ProbeRequest {
  const { url, method = "GET", client, token, signatureMethod = "HMAC-SHA1" } = target;
  return {
    method,
    url,
    form: /^(POST|PUT|PATCH)$/.test(method) ? "probe=a+b&empty=" : undefined,
    protocolParameters: [
      ["oauth_consumer_key", client.identifier],
      ...(token ? [["oauth_token", token.identifier] as const] : []),
      ["oauth_signature_method", signatureMethod],
      ["oauth_timestamp", String(now)],
      ["oauth_nonce", nonce],
      ["oauth_version", "1.0"],
    ],
    clientSharedSecret: client.sharedSecret,
    tokenSharedSecret: token?.sharedSecret ?? "",
    transmission: "header",
    rewrite: (header) => header,
  };
}

/** A signed request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly form: string | undefined;
}

/** Signs by the method that the request names; by HMAC-SHA1 where it names none that is known. */
export function signProbe(request: ProbeRequest): WireRequest {
  const { method, url, form, protocolParameters, transmission, rewrite } = request;
  const name = protocolParameters.find(([known]) => known === "oauth_signature_method")?.[1];
  const sign = (METHODS.get(name ?? "") ?? hmacSha1).prepareToSign(
    { sharedSecret: request.clientSharedSecret },
    { sharedSecret: request.tokenSharedSecret },
  );
  const signature = sign(
    signatureBaseString({ method, url, body: form ?? null }, protocolParameters),
  );
  const parameters: Parameter[] = [...protocolParameters, ["oauth_signature", signature]];
  const written = parameters.map((pair) => pair.map(percentEncode).join("=")).join("&");
  const separator = url.includes("?") ? "&" : "?";
  return {
    method,
    url: transmission === "query" ? `${url}${separator}${written}` : url,
    authorization:
      transmission === "header" ? rewrite(serializeAuthorizationHeader({ parameters })) : undefined,
    form: transmission === "form-body" ? (form ? `${form}&${written}` : written) : form,
  };
}

/** What came back. */
export interface ProbeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** Milliseconds until no answer is an answer. */
const PATIENCE = 10_000;

/** Sends a request with its target spelled as it is. */
export function sendProbe({ method, url, authorization, form }: WireRequest): Promise<ProbeAnswer> {
  const [, origin = "", target = ""] = /^(https?:\/\/[^/?#]+)([^#]*)/i.exec(url) ?? [];
  const { protocol, hostname, port } = new URL(origin);
  const send = protocol === "https:" ? sendHttps : sendHttp;
  return new Promise((resolve, reject) => {
    const request = send(
      {
        hostname: hostname.replace(/^\[|\]$/g, ""),
        port,
        method,
        path: target.startsWith("/") ? target : `/${target}`,
        headers: {
          ...(authorization === undefined ? {} : { Authorization: authorization }),
          ...(form === undefined
            ? {}
            : {
                "Content-Type": "application/x-www-form-urlencoded",
                "Content-Length": Buffer.byteLength(form),
              }),
        },
        timeout: PATIENCE,
      },
      (response) => {
        response.resume();
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers }),
        );
        response.on("error", reject);
      },
    );
    request.on("timeout", () => request.destroy(new Error(`no answer in ${PATIENCE} ms`)));
    request.on("error", reject);
    request.end(form);
  });
}
