import type { Parameter } from "@oauth1/base-string";
import { percentEncode } from "@oauth1/percent-encoding";
import type { SharedSecret } from "@oauth1/signature-methods";
import {
  type Credentials,
  createSigner,
  type SignedRequest,
  type SignerOptions,
  type SigningMethod,
} from "@oauth1/signer";
import { prepareRedaction } from "./answer-redaction.js";
import { AuthorizationError, ProviderError } from "./authorization-error.js";
import { type ReadParameters, readParameters, UnreadableBody } from "./read-parameters.js";
import { readChallenge, readProblem } from "./read-problem.js";
import { requireStepOptions, requireUrl } from "./require-options.js";
import type { Toleration } from "./toleration.js";

/** Who asks, and how. What `SignerOptions` of `@oauth1/signer` say of a signature holds here. */
export type CredentialRequestOptions<SigningClient = SharedSecret> = Omit<
  SignerOptions,
  "client" | "signatureMethod" | "token" | "bodyHash"
> &
  SigningOptions<SigningClient> & {
    /** The request method. `"POST"` where left out (RFC 5849 §2.1, §2.3). */
    readonly method?: string | undefined;
    /**
     * The server's own parameters, decoded: `scope`, say. They are signed, and go into a form body,
     * or into the query where the method is `GET`.
     */
    readonly parameters?: Iterable<Parameter> | undefined;
    /** Further protocol parameters of an extension, decoded. The names begin with `oauth_`. */
    readonly protocolParameters?: readonly Parameter[] | undefined;
    /** Further header fields: `User-Agent`, say. */
    readonly headers?: Readonly<Record<string, string>> | undefined;
    /** Sends the request. The platform's `fetch` where left out. */
    readonly fetch?: CredentialFetch | undefined;
    /** Ends the request before it is answered: the promise is rejected with its reason. */
    readonly signal?: AbortSignal | undefined;
    /** How long an answer may be, in octets. 65,536 where left out. */
    readonly maximumResponseOctets?: number | undefined;
  };

/** What is used of `fetch`: the platform's has this type, and so have those of libraries. */
export type CredentialFetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body: string | null;
    redirect: "manual";
    signal?: AbortSignal;
  },
) => Promise<CredentialFetchResponse>;

/** What is used of a `Response`. */
export interface CredentialFetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly type: string;
  readonly headers: Pick<Headers, "get">;
  readonly body: CredentialFetchBody | null;
}

/** What is used of a `ReadableStream` of octets. */
export interface CredentialFetchBody {
  /** Gives the one reader of the octets. */
  getReader(): CredentialFetchReader;
  /** Reads no further. */
  cancel(): Promise<void>;
}

/** What is used of a `ReadableStreamDefaultReader`. */
export interface CredentialFetchReader {
  /** Gives the next octets. */
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  /** Reads no further. */
  cancel(): Promise<void>;
}

/** A shared-secret for the methods that take one, or what the signature method signs with. */
export type SigningOptions<SigningClient> =
  | {
      /** The client credentials, decoded. */
      readonly client: { readonly identifier: string } & SharedSecret;
      /** The signature method. HMAC-SHA1 where left out. */
      readonly signatureMethod?: SigningMethod<string | Promise<string>, SharedSecret> | undefined;
    }
  | {
      /** The client credentials, decoded: what the signature method signs with. */
      readonly client: { readonly identifier: string } & SigningClient;
      /** The signature method. */
      readonly signatureMethod: SigningMethod<string | Promise<string>, SigningClient>;
    };

/** What belongs to one step of RFC 5849 §2. */
interface Step {
  /** The temporary credentials or token credentials that the request is signed with. */
  readonly token?: Credentials | undefined;
  readonly protocolParameters?: readonly Parameter[];
  /** Parameters that are secret, and go into the body only. */
  readonly secretParameters?: readonly Parameter[];
  /** The options that this step must have. */
  readonly required?: readonly string[];
}

/** An answer that can be read. */
export interface CredentialResponse extends ReadParameters {
  readonly status: number;
  /** The beginning of the body, without secrets, for errors. */
  readonly bodyExcerpt: string | undefined;
}

/** Signs and sends a request for credentials, and reads the answer (RFC 5849 §2.1, §2.3). */
export async function requestCredentials<SigningClient>(
  url: string | URL,
  options: CredentialRequestOptions<SigningClient>,
  step: Step,
): Promise<CredentialResponse> {
  const signing = requireStepOptions(options, step.required);
  const { method = "POST", maximumResponseOctets = 65_536, allowInsecureTransport } = options;
  const address = requireUrl(url);
  if (!allowInsecureTransport) requireHttps(address);

  const signed = await sign<SigningClient>(address, method, signing, options, step);
  const response = await answerTo(signed, options);
  const { status } = response;
  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    await response.body?.cancel();
    throw new AuthorizationError(
      "ERR_REDIRECT",
      "the server redirects, and a signed request is not sent to another place",
      { status },
    );
  }
  const { body, isWhole } = await readBody(response, maximumResponseOctets).catch((error) => {
    throw noAnswer(error, options.signal);
  });
  const { excerpt: bodyExcerpt, redact } = prepareRedaction(body, secretsOf(options, step));

  const tolerated: Toleration[] = [];
  const challenge = readChallenge(response.headers.get("www-authenticate"));
  const contentType = response.headers.get("content-type");
  if (!response.ok) {
    const reported = parametersOrNone(body, contentType);
    const parameters = [...challenge.parameters, ...reported];
    throw new ProviderError(status, readProblem(parameters, redact), {
      bodyExcerpt,
      realm: challenge.realm && redact(challenge.realm),
      tolerated: challenge.tolerated,
    });
  }
  if (!isWhole) {
    throw new AuthorizationError(
      "ERR_RESPONSE_TOO_LARGE",
      `the answer has more than ${maximumResponseOctets} octets`,
      { status, bodyExcerpt },
    );
  }
  if (status !== 200) tolerated.push({ kind: "status" });
  const read = parametersOf(body, contentType, status, bodyExcerpt);
  tolerated.push(...read.tolerated);
  if (read.parameters.some(([name]) => name === "oauth_problem")) {
    throw new ProviderError(
      status,
      readProblem([...challenge.parameters, ...read.parameters], redact),
      {
        bodyExcerpt,
        realm: challenge.realm && redact(challenge.realm),
        tolerated: [...challenge.tolerated, ...tolerated, { kind: "problem-with-success" }],
      },
    );
  }
  return { status, bodyExcerpt, parameters: read.parameters, tolerated };
}

/** RFC 5849 §2.1, §2.3: the answer shows credentials to whoever can read it. */
export function requireHttps(url: string | URL): void {
  if (!/^https:/i.test(String(url))) {
    throw new AuthorizationError(
      "ERR_AUTHORIZATION_NOT_HTTPS",
      "the URL must begin with https: or the credentials would go over the network in the clear",
      { parameter: "url" },
    );
  }
}

/** Sends a request, and lets nothing of it out in an error of the platform. */
async function answerTo(
  signed: SignedRequest<Parameter[]>,
  { fetch: send = fetch, signal }: Pick<CredentialRequestOptions, "fetch" | "signal">,
): Promise<CredentialFetchResponse> {
  try {
    return await send(signed.url, {
      method: signed.method,
      headers: { ...signed.headers },
      body: signed.body,
      // To be redirected is to be signed anew, and for another place (RFC 5849 §3.4.1.2).
      redirect: "manual",
      ...(signal && { signal }),
    });
  } catch (error) {
    throw noAnswer(error, signal);
  }
}

/**
 * A request that was not answered. Errors of the platform may quote the URL, and a URL may hold the
 * signature, which under PLAINTEXT is the secrets: only the system's own error is handed on.
 */
function noAnswer(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  const { cause, code } = error as { cause?: { code?: unknown }; code?: unknown };
  const systemCode = [cause?.code, code].find(
    (known) => typeof known === "string" && /^[A-Z][A-Z\d_]{1,63}$/.test(known),
  );
  return new AuthorizationError(
    "ERR_NO_ANSWER",
    `the server did not answer${systemCode === undefined ? "" : `: ${systemCode}`}`,
    { cause: cause instanceof Error && "syscall" in cause ? cause : undefined },
  );
}

async function sign<SigningClient>(
  url: URL,
  method: string,
  signing: object,
  options: Pick<CredentialRequestOptions, "parameters" | "headers" | "protocolParameters">,
  {
    token,
    protocolParameters = [],
    secretParameters = [],
  }: Pick<Step, "token" | "protocolParameters" | "secretParameters">,
): Promise<SignedRequest<Parameter[]>> {
  try {
    const signer = createSigner<string | Promise<string>, SigningClient>({
      ...(signing as SignerOptions<string | Promise<string>, SigningClient> & {
        signatureMethod: SigningMethod<string | Promise<string>, SigningClient>;
      }),
      token,
      bodyHash: false,
    });
    const parameters = [...(options.parameters ?? []), ...secretParameters];
    const inQuery = method.toUpperCase() === "GET";
    return await signer.sign<Parameter[]>(
      {
        method,
        url: inQuery ? new URL(withParameters(url, parameters)) : url,
        headers: options.headers,
        ...(!inQuery && parameters.length > 0 && { body: parameters }),
      },
      { protocolParameters: [...protocolParameters, ...(options.protocolParameters ?? [])] },
    );
  } catch (cause) {
    // Of the signer, its keys, or what it encodes: none of these holds a secret.
    const { message, parameter } = cause as { message: string; parameter?: string };
    throw new AuthorizationError("ERR_AUTHORIZATION_OPTION", message, { parameter, cause });
  }
}

/** The URL with parameters behind those of its own query. */
export function withParameters(url: string | URL, parameters: Iterable<Parameter>): string {
  const [beforeFragment = "", fragment] = splitOnce(String(url), "#");
  let extended = beforeFragment;
  let separator = !extended.includes("?") ? "?" : /[?&]$/.test(extended) ? "" : "&";
  for (const [name, value] of parameters) {
    extended += `${separator}${percentEncode(name)}=${percentEncode(value)}`;
    separator = "&";
  }
  return fragment === undefined ? extended : `${extended}#${fragment}`;
}

/** What stands before the separator, and what stands after it, where it is there. */
export function splitOnce(text: string, separator: string): [string, string?] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

/** The body's text, and whether it is all of it. No more than the limit is kept in memory. */
async function readBody(
  response: CredentialFetchResponse,
  limit: number,
): Promise<{ readonly body: string; readonly isWhole: boolean }> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let body = "";
  let length = 0;
  if (response.body === null) return { body, isWhole: true };
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) return { body: body + decoder.decode(), isWhole: true };
    body += decoder.decode(value.subarray(0, limit - length), { stream: true });
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      return { body, isWhole: false };
    }
  }
}

function parametersOf(
  body: string,
  contentType: string | null,
  status: number,
  bodyExcerpt: string | undefined,
): ReadParameters {
  try {
    return readParameters(body, contentType);
  } catch (error) {
    if (!(error instanceof UnreadableBody)) throw error;
    throw new AuthorizationError(
      error.parameter === undefined ? "ERR_RESPONSE_MALFORMED" : "ERR_RESPONSE_PARAMETER_REPEATED",
      `the answer ${error.message}`,
      { parameter: error.parameter, status, bodyExcerpt },
    );
  }
}

/** Of an error page nothing is demanded. */
function parametersOrNone(body: string, contentType: string | null): readonly Parameter[] {
  try {
    return readParameters(body, contentType).parameters;
  } catch (error) {
    if (!(error instanceof UnreadableBody)) throw error;
    return [];
  }
}

/** What may not stand in an error. */
function secretsOf<SigningClient>(
  { client }: CredentialRequestOptions<SigningClient>,
  { token, protocolParameters = [], secretParameters = [] }: Step,
): string[] {
  const { sharedSecret } = client as Partial<SharedSecret>;
  return [
    sharedSecret ?? "",
    token?.sharedSecret ?? "",
    ...protocolParameters.filter(([name]) => name !== "oauth_callback").map(([, value]) => value),
    ...secretParameters.filter(([name]) => name === "x_auth_password").map(([, value]) => value),
  ];
}
