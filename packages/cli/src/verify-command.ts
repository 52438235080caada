import { printableJson, printableLine } from "@oauth1/printable";
import { loadSignatureMethods } from "@oauth1/signature-methods/registry";
import { createVerifier, type Verification } from "@oauth1/verifier";
import { Command, InvalidArgumentError, Option } from "commander";
import { type CurlOptions, readRequest, readsStandardInput } from "./read-request.js";
import { readSource } from "./read-source.js";
import { append } from "./request-options.js";
import { UsageError } from "./usage-error.js";

interface VerifyOptions extends CurlOptions {
  readonly scheme?: "http" | "https";
  readonly clientSharedSecret?: string;
  readonly tokenSharedSecret?: string;
  readonly publicKey?: string;
  readonly timestampTolerance?: number;
  readonly json?: boolean;
}

/** `oauth1 verify`: takes a captured request, and says who signed it or what is wrong. */
export function verifyCommand(): Command {
  const secret = (owner: "client" | "token") =>
    new Option(
      `--${owner}-shared-secret <text>`,
      `${owner} shared-secret; other users can see arguments`,
    ).env(`OAUTH1_${owner.toUpperCase()}_SHARED_SECRET`);
  return new Command("verify")
    .description("verify a captured request, and say who signed it or what is wrong")
    .argument(
      "[request]",
      "file with an HTTP message, a curl command, a HAR entry, a fetch call or JSON; - for stdin; or a URL, described by -X, -H and -d",
      "-",
    )
    .addOption(
      new Option(
        "--scheme <scheme>",
        "scheme of an HTTP message that has only a path (default: https, or http if Host has port 80)",
      ).choices(["http", "https"]),
    )
    .option("-X, --request <method>", "request method (default: GET, or POST with a body)")
    .option("-H, --header <line>", "header, 'Name: value'; repeatable", append)
    .option(
      "-d, --data <body>",
      "body, a form unless -H sets another Content-Type; @file and @- read it; repeat to join with &",
      append,
    )
    .addOption(
      new Option("--data-binary <body>", "body, unchanged; @file and @- read its bytes").conflicts(
        "data",
      ),
    )
    .addOption(secret("client"))
    .addOption(secret("token"))
    .option("--public-key <file>", "PEM file of the client's public key, for RSA; - for stdin")
    .option(
      "--timestamp-tolerance <seconds>",
      "reject a timestamp that differs more than this from now (default: accept any)",
      parseSeconds,
    )
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Set OAUTH1_CLIENT_SHARED_SECRET, and OAUTH1_TOKEN_SHARED_SECRET if the request has a token.

Examples:
  $ oauth1 verify request.txt
  $ pbpaste | oauth1 verify --scheme http
  $ oauth1 verify -H 'Authorization: OAuth oauth_consumer_key="…", …' https://photos.example.net/
  $ oauth1 verify --json -d "title=Ladies&oauth_consumer_key=…" https://photos.example.net/

Exit code 1: not verified.`,
    )
    .action(async (source: string, options: VerifyOptions) => {
      const verification = await verifyGiven(source, options);
      const text = options.json ? asJson(verification) : printableLine(asText(verification));
      process.stdout.write(`${text}\n`);
      if (!verification.verified) process.exitCode = 1;
    });
}

async function verifyGiven(source: string, options: VerifyOptions): Promise<Verification> {
  const { clientSharedSecret, tokenSharedSecret, publicKey } = options;
  const readers = [source === "-", publicKey === "-", ...readsStandardInput(options)];
  if (readers.filter(Boolean).length > 1) {
    throw new UsageError(
      "standard input can be read only once: use one of the request, --public-key -, -H @-, --data @- and --data-binary @-",
    );
  }
  if (!clientSharedSecret && publicKey === undefined) {
    throw new UsageError(
      "missing client shared-secret: set OAUTH1_CLIENT_SHARED_SECRET, or pass the client's --public-key",
    );
  }
  const client = {
    sharedSecrets: clientSharedSecret ? [clientSharedSecret] : [],
    publicKey: publicKey === undefined ? undefined : readSource(publicKey, "--public-key"),
  };
  const verifier = createVerifier({
    credentials: {
      find: (identifier, token) => ({
        client: { identifier, ...client },
        token:
          token === undefined
            ? undefined
            : { identifier: token, sharedSecrets: [tokenSharedSecret ?? ""] },
      }),
    },
    nonces: { spend: () => "fresh" },
    signatureMethods: await loadSignatureMethods(),
    timestampTolerance: options.timestampTolerance ?? Number.MAX_SAFE_INTEGER,
    // Nothing is sent here: what a signature reveals was visible before.
    allowInsecureTransport: true,
  });
  const verification = await verifier.verify(readRequest(source, options, options.scheme));
  // The credentials come from this command line.
  if (!verification.verified && verification.cause !== undefined) throw verification.cause;
  return verification;
}

function asText(verification: Verification): string {
  if (!verification.verified)
    return `not verified: ${verification.problem}: ${verification.advice}`;
  const { client, token, signatureMethod, transmission } = verification;
  const whose = token === undefined ? "" : ` with token ${JSON.stringify(token.identifier)}`;
  return `verified: client ${JSON.stringify(client.identifier)}${whose}, ${signatureMethod}, ${transmission}`;
}

function asJson(verification: Verification): string {
  const { verified } = verification;
  if (!verified) {
    const { status, problem, advice } = verification;
    return printableJson({ verified, status, problem, advice }, 2);
  }
  const { client, token, signatureMethod, transmission, realm, url, parameters } = verification;
  return printableJson(
    {
      verified,
      client: client.identifier,
      token: token?.identifier ?? null,
      signatureMethod,
      transmission,
      realm: realm ?? null,
      url,
      protocolParameters: parameters,
    },
    2,
  );
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^[1-9]\d*$/.test(text) || !Number.isSafeInteger(seconds)) {
    throw new InvalidArgumentError("It must be a positive whole number of seconds.");
  }
  return seconds;
}
