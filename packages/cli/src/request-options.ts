import {
  type AnySignatureMethod,
  loadSignatureMethod,
  signatureMethodNames,
} from "@oauth1/signature-methods/registry";
import {
  createSigner,
  type SignableRequest,
  type SignedRequest,
  type Signer,
  type SignerOptions,
  type SigningMethod,
  type Transmission,
} from "@oauth1/signer";
import { type Command, InvalidArgumentError, Option } from "commander";
import { addCredentialOptions, givenCredentials, type SigningCredentials } from "./credentials.js";
import { readSource } from "./read-source.js";
import { UsageError } from "./usage-error.js";

/** The options of `sign` and `explain`, as the command line has them. */
interface RequestOptions {
  readonly credentials?: string;
  readonly key?: string;
  readonly request?: string;
  readonly data?: readonly string[];
  readonly header?: readonly (readonly [name: string, value: string])[];
  readonly realm?: string;
  readonly transmission: Transmission;
  readonly version: boolean;
  readonly callback?: string;
  readonly verifier?: string;
  readonly timestamp?: number;
  readonly nonce?: string;
  readonly method: string;
  readonly bodyHash?: boolean;
  readonly allowInsecureTransport?: boolean;
}

/** A request that was signed, and what was put into the signer. */
export interface SigningOutcome {
  readonly request: SignableRequest<string | undefined>;
  readonly credentials: SigningCredentials;
  readonly signatureMethod: AnySignatureMethod;
  readonly transmission: Transmission;
  readonly signed: SignedRequest<string | undefined>;
}

/** Adds the options that describe the request and how it is signed. */
export function addRequestOptions(command: Command): Command {
  command
    .option("-X, --request <method>", "request method (default: GET, POST where there is a body)")
    .option(
      "-d, --data <body>",
      "body, a form unless -H gives another Content-Type; @file and @- read one; again to join by &",
      append,
    )
    .option("-H, --header <line>", "header field, 'Name: value'; again for more", appendHeader)
    .option("--realm <text>", "realm, decoded; never signed")
    .addOption(
      new Option("--transmission <where>", "where the protocol parameters go")
        .choices(["header", "form-body", "query"])
        .default("header"),
    )
    .addOption(
      new Option("--method <name>", "signature method")
        .choices(signatureMethodNames)
        .default(signatureMethodNames[0]),
    )
    .option("--body-hash", "add oauth_body_hash, for a body that is no form")
    .option(
      "--allow-insecure-transport",
      "sign for an http URL too by a method that shows the secrets",
    )
    .option("--no-version", "leave oauth_version out")
    .option("--callback <uri>", "oauth_callback, decoded")
    .option("--verifier <text>", "oauth_verifier, decoded")
    .option("--timestamp <seconds>", "oauth_timestamp (default: now)", parseTimestamp)
    .option("--nonce <text>", "oauth_nonce (default: 128 random bits)", parseNonce);
  return addCredentialOptions(command);
}

/** Signs the request that a command line describes. */
export async function signGiven(url: string, command: Command): Promise<SigningOutcome> {
  const options = command.opts<RequestOptions>();
  const { data = [], transmission, realm, timestamp, nonce, callback, verifier } = options;
  if (realm !== undefined && transmission !== "header") {
    throw new UsageError(`--realm has no place in the ${transmission} transmission`);
  }
  // What a command prints would show it, and what sends the request would make a second field of it.
  if (/^[^/?#]*:\/\/[^/?#]*@/.test(url)) {
    throw new UsageError("the URL must not hold a user name or password");
  }
  const { credentials: file, key } = options;
  const readers = [file === "-", key === "-", ...data.map((body) => body === "@-")];
  if (readers.filter(Boolean).length > 1) {
    throw new UsageError("standard input is read once: --credentials -, --key - or --data @-");
  }
  const { name, keyType } = await loadSignatureMethod(options.method);
  if (key !== undefined && keyType !== "rsa") {
    throw new UsageError(`--key goes with RSA, and the method is ${name}`);
  }
  const credentials = givenCredentials(command, keyType);
  return signWith(
    givenRequest(url, options),
    credentials,
    name,
    {
      realm,
      transmission,
      version: options.version ? "1.0" : null,
      bodyHash: options.bodyHash,
      allowInsecureTransport: options.allowInsecureTransport,
      ...(timestamp === undefined ? {} : { clock: () => timestamp }),
      ...(nonce === undefined ? {} : { nonce: () => nonce }),
    },
    [
      ...(callback === undefined ? [] : [["oauth_callback", callback] as const]),
      ...(verifier === undefined ? [] : [["oauth_verifier", verifier] as const]),
    ],
  );
}

/** What the signer is told besides credentials and signature method. */
type FurtherOptions = Omit<SignerOptions, "client" | "token" | "signatureMethod">;

/** Signs a request, and keeps what the signer was given. */
export async function signWith(
  request: SignableRequest<string | undefined>,
  credentials: SigningCredentials,
  methodName: string,
  options: FurtherOptions,
  protocolParameters: readonly (readonly [string, string])[] = [],
): Promise<SigningOutcome> {
  const signatureMethod = await loadSignatureMethod(methodName);
  try {
    const signer = signerOf(credentials, signatureMethod, options);
    return {
      request,
      credentials,
      signatureMethod,
      transmission: signer.transmission,
      signed: await signer.sign(request, { protocolParameters }),
    };
  } catch (error) {
    const hint = hints.get((error as { code?: string }).code ?? "");
    throw hint === undefined ? error : new UsageError(`${(error as Error).message}; ${hint}`);
  }
}

/** What to do about some of the errors of the packages below. */
const hints = new Map([
  ["ERR_KEY_ENCRYPTED", "set OAUTH1_KEY_PASSPHRASE"],
  ["ERR_INSECURE_TRANSPORT", "--allow-insecure-transport signs it all the same"],
]);

function signerOf(
  { client, token }: SigningCredentials,
  signatureMethod: AnySignatureMethod,
  options: FurtherOptions,
): Signer<string | Promise<string>> {
  return createSigner({
    ...options,
    client,
    token,
    // The client has what the method's key type asks for.
    signatureMethod: signatureMethod as SigningMethod<string | Promise<string>, object>,
  });
}

function givenRequest(
  url: string,
  { request, data, header = [], transmission }: RequestOptions,
): SignableRequest<string | undefined> {
  const body = data?.map(dataText).join("&");
  const headers = [...header];
  if (body !== undefined && !headers.some(([name]) => name.toLowerCase() === "content-type")) {
    headers.push(["Content-Type", "application/x-www-form-urlencoded"]);
  }
  return {
    method: request ?? (body !== undefined || transmission === "form-body" ? "POST" : "GET"),
    url,
    headers,
    ...(body === undefined ? {} : { body }),
  };
}

/** As curl reads it: a file without its line breaks and NULs. */
export function dataText(data: string): string {
  return data.startsWith("@") ? readSource(data.slice(1), "--data").replace(/[\r\n\0]/g, "") : data;
}

/** Collects an option that may be there again. */
export function append(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** `Name: value`, or `Name;` for an empty value, as curl has it. */
export function appendHeader(
  line: string,
  before: readonly (readonly [string, string])[] = [],
): (readonly [string, string])[] {
  const [, name, value, semicolon] =
    /^([\w!#$%&'*+.^`|~-]+)(?::[ \t]*([^\r\n\0]*?)[ \t]*|(;))$/.exec(line) ?? [];
  if (name === undefined || (!value && semicolon === undefined)) {
    // Not the line itself: it may be a cookie or another secret.
    throw new UsageError("--header: neither 'Name: value' nor, for an empty value, 'Name;'");
  }
  return [...before, [name, value ?? ""]];
}

function parseTimestamp(text: string): number {
  const timestamp = Number(text);
  if (!/^[1-9]\d*$/.test(text) || !Number.isSafeInteger(timestamp)) {
    throw new InvalidArgumentError("A timestamp is a positive whole number of seconds.");
  }
  return timestamp;
}

function parseNonce(text: string): string {
  if (text === "") throw new InvalidArgumentError("A nonce is not empty.");
  return text;
}
