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

/**
 * The options of every request for credentials. Those of the signature are `SignerOptions` of
 * `@oauth1/signer`.
 */
export type CredentialRequestOptions<SigningClient = SharedSecret> = Omit<
  SignerOptions,
  "client" | "signatureMethod" | "token" | "bodyHash"
> &
  SigningOptions<SigningClient> & {
    /** The request method (RFC 5849 §2.1, §2.3). Default: `"POST"`. */
    readonly method?: string | undefined;
    /**
     * The server's own parameters, decoded, for example `scope`. They are signed and sent in a form
     * body, or in the query if the method is `GET`.
     */
    readonly parameters?: Iterable<Parameter> | undefined;
    /** Protocol parameters of an extension, decoded. Their names begin with `oauth_`. */
    readonly protocolParameters?: readonly Parameter[] | undefined;
    /** Further headers, for example `User-Agent`. */
    readonly headers?: Readonly<Record<string, string>> | undefined;
    /** Sends the request. Default: the platform's `fetch`. */
    readonly fetch?: CredentialFetch | undefined;
    /** Aborts the request. The promise then rejects with the signal's reason. */
    readonly signal?: AbortSignal | undefined;
    /** The maximum size of a response, in bytes. Default: 65,536. */
    readonly maximumResponseOctets?: number | undefined;
  };

/**
 * The part of `fetch` that is used. The platform's `fetch` and those of libraries have this type.
 */
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

/** The part of a `Response` that is used. */
export interface CredentialFetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly type: string;
  readonly headers: Pick<Headers, "get">;
  readonly body: CredentialFetchBody | null;
}

/** The part of a `ReadableStream` of bytes that is used. */
export interface CredentialFetchBody {
  /** Returns the reader of the bytes. */
  getReader(): CredentialFetchReader;
  /** Stops reading. */
  cancel(): Promise<void>;
}

/** The part of a `ReadableStreamDefaultReader` that is used. */
export interface CredentialFetchReader {
  /** Returns the next bytes. */
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  /** Stops reading. */
  cancel(): Promise<void>;
}

/** A shared-secret, or the key that the signature method signs with. */
export type SigningOptions<SigningClient> =
  | {
      /** The client credentials, decoded. */
      readonly client: { readonly identifier: string } & SharedSecret;
      /** The signature method. Default: HMAC-SHA1. */
      readonly signatureMethod?: SigningMethod<string | Promise<string>, SharedSecret> | undefined;
    }
  | {
      /** The client credentials, decoded, with the key that the signature method signs with. */
      readonly client: { readonly identifier: string } & SigningClient;
      /** The signature method. */
      readonly signatureMethod: SigningMethod<string | Promise<string>, SigningClient>;
    };

/** The specifics of one step of RFC 5849 §2. */
interface Step {
  /** The temporary credentials or token credentials that the request is signed with. */
  readonly token?: Credentials | undefined;
  readonly protocolParameters?: readonly Parameter[];
  /** Secret parameters, which are only sent in the body. */
  readonly secretParameters?: readonly Parameter[];
  /** The options that this step requires. */
  readonly required?: readonly string[];
}

/** A readable response. */
export interface CredentialResponse extends ReadParameters {
  readonly status: number;
  /** The beginning of the body, without secrets, for errors. */
  readonly bodyExcerpt: string | undefined;
}

/** Signs and sends a request for credentials, and reads the response (RFC 5849 §2.1, §2.3). */
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
      "the server redirects to another URL, where a signed request is not sent: use the final URL",
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
    const reported = parametersOrNone(body, contentType, redact);
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
      `the response has more than maximumResponseOctets (${maximumResponseOctets})`,
      { status, bodyExcerpt },
    );
  }
  if (status !== 200) tolerated.push({ kind: "status" });
  const read = parametersOf(body, contentType, { status, bodyExcerpt, redact });
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

/** RFC 5849 §2.1, §2.3: the response contains credentials that anyone on the network could read. */
export function requireHttps(url: string | URL): void {
  if (!/^https:/i.test(String(url))) {
    throw new AuthorizationError(
      "ERR_AUTHORIZATION_NOT_HTTPS",
      "the URL must begin with https: because the response contains credentials",
      { parameter: "url" },
    );
  }
}

/** Sends a request, and keeps its content out of the platform's errors. */
async function answerTo(
  signed: SignedRequest<Parameter[]>,
  { fetch: send = fetch, signal }: Pick<CredentialRequestOptions, "fetch" | "signal">,
): Promise<CredentialFetchResponse> {
  try {
    return await send(signed.url, {
      method: signed.method,
      headers: { ...signed.headers },
      body: signed.body,
      // A redirected request needs a new signature, for another URL (RFC 5849 §3.4.1.2).
      redirect: "manual",
      ...(signal && { signal }),
    });
  } catch (error) {
    throw noAnswer(error, signal);
  }
}

/**
 * The error for a request without a response. The platform's errors can quote the URL, and a URL
 * can contain the signature, which PLAINTEXT makes of the secrets. So only the system's own error
 * code is kept.
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
    // Errors of the signer, its keys or its encoding never contain a secret.
    const { message, parameter } = cause as { message: string; parameter?: string };
    throw new AuthorizationError("ERR_AUTHORIZATION_OPTION", message, { parameter, cause });
  }
}

/** Appends parameters to the URL's own query. */
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

/** Splits a text at the first separator. */
export function splitOnce(text: string, separator: string): [string, string?] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

/** Returns the body's text and whether it is complete. Keeps at most the limit in memory. */
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
  answer: {
    readonly status: number;
    readonly bodyExcerpt: string | undefined;
    readonly redact: (text: string) => string;
  },
): ReadParameters {
  const { status, bodyExcerpt, redact } = answer;
  try {
    return readParameters(body, contentType, redact);
  } catch (error) {
    if (!(error instanceof UnreadableBody)) throw error;
    throw new AuthorizationError(
      error.parameter === undefined ? "ERR_RESPONSE_MALFORMED" : "ERR_RESPONSE_PARAMETER_REPEATED",
      `the response ${error.message}`,
      { parameter: error.parameter, status, bodyExcerpt },
    );
  }
}

/** An error page can have any content. */
function parametersOrNone(
  body: string,
  contentType: string | null,
  redact: (text: string) => string,
): readonly Parameter[] {
  try {
    return readParameters(body, contentType, redact).parameters;
  } catch (error) {
    if (!(error instanceof UnreadableBody)) throw error;
    return [];
  }
}

/** Secrets that an error must not contain. */
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
