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
import { parseSeconds } from "./parse-seconds.js";
import { readSource } from "./read-source.js";
import { requireOneReader } from "./require-one-reader.js";
import { UsageError } from "./usage-error.js";

/** The options of `sign` and `explain`. */
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

/** A signed request, with the signer's input. */
export interface SigningOutcome {
  readonly request: SignableRequest<string | undefined>;
  readonly credentials: SigningCredentials;
  readonly signatureMethod: AnySignatureMethod;
  readonly transmission: Transmission;
  readonly signed: SignedRequest<string | undefined>;
}

/** Adds the options for the request and its signature. */
export function addRequestOptions(command: Command): Command {
  command
    .option("-X, --request <method>", "request method (default: GET, or POST with a body)")
    .option(
      "-d, --data <body>",
      "body, a form unless -H sets another Content-Type; @file and @- read it; repeat to join with &",
      append,
    )
    .option("-H, --header <line>", "header, 'Name: value'; repeatable", appendHeader)
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
    .option("--body-hash", "add oauth_body_hash for a body that is not a form")
    .option(
      "--allow-insecure-transport",
      "also sign http URLs with a method that reveals the secrets",
    )
    .option("--no-version", "omit oauth_version")
    .option("--callback <uri>", "oauth_callback, decoded")
    .option("--verifier <text>", "oauth_verifier, decoded")
    .option("--timestamp <seconds>", "oauth_timestamp (default: now)", parseSeconds)
    .option("--nonce <text>", "oauth_nonce (default: 128 random bits)", parseNonce);
  return addCredentialOptions(command);
}

/** Signs the request that a command line describes. */
export async function signGiven(url: string, command: Command): Promise<SigningOutcome> {
  const options = command.opts<RequestOptions>();
  const { data = [], transmission, realm, timestamp, nonce, callback, verifier } = options;
  if (realm !== undefined && transmission !== "header") {
    throw new UsageError(
      `--realm must be omitted: only --transmission header can send it, not ${transmission}`,
    );
  }
  // The output would contain it, and HTTP clients would create a second Authorization header
  // from it.
  if (/^[^/?#]*:\/\/[^/?#]*@/.test(url)) {
    throw new UsageError("the URL must not contain a user name or password");
  }
  const { credentials: file, key } = options;
  requireOneReader(
    [file === "-", key === "-", ...data.map((body) => body === "@-")],
    "--credentials -, --key - and --data @-",
  );
  const { name, keyType } = await loadSignatureMethod(options.method);
  if (key !== undefined && keyType !== "rsa") {
    throw new UsageError(`--key must be omitted, or --method must be an RSA method: it is ${name}`);
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

/** The options of the signer besides credentials and signature method. */
type FurtherOptions = Omit<SignerOptions, "client" | "token" | "signatureMethod">;

/** Signs a request, and keeps the input of the signer. */
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

/** Advice for the command line about some errors of lower packages. */
const hints = new Map([
  ["ERR_KEY_ENCRYPTED", "set OAUTH1_KEY_PASSPHRASE"],
  ["ERR_INSECURE_TRANSPORT", "--allow-insecure-transport signs it anyway"],
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
    // The client has the credentials of the method's key type.
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

/** Reads data like curl: a file without its line breaks and NULs. */
export function dataText(data: string): string {
  return data.startsWith("@") ? readSource(data.slice(1), "--data").replace(/[\r\n\0]/g, "") : data;
}

/** Collects the values of a repeatable option. */
export function append(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Reads `Name: value`, or `Name;` for an empty value, like curl. */
export function appendHeader(
  line: string,
  before: readonly (readonly [string, string])[] = [],
): (readonly [string, string])[] {
  const [, name, value, semicolon] =
    /^([\w!#$%&'*+.^`|~-]+)(?::[ \t]*([^\r\n\0]*?)[ \t]*|(;))$/.exec(line) ?? [];
  if (name === undefined || (!value && semicolon === undefined)) {
    // Not the line itself, which can be a cookie or another secret.
    throw new UsageError("--header: must be 'Name: value', or 'Name;' for an empty value");
  }
  return [...before, [name, value ?? ""]];
}

function parseNonce(text: string): string {
  if (text === "") throw new InvalidArgumentError("It must not be empty.");
  return text;
}
