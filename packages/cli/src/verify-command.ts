import { printableJson, printableLine } from "@oauth1/printable";
import { loadSignatureMethods } from "@oauth1/signature-methods/registry";
import type { Verification } from "@oauth1/verifier";
import { Command } from "commander";
import { addSecretOptions, givenSecrets, secretsFromStandardInput } from "./credentials.js";
import { parseSeconds } from "./parse-seconds.js";
import { addCapturedOptions, readRequest, requestFromStandardInput } from "./read-request.js";
import { requireOneReader } from "./require-one-reader.js";

/** `oauth1 verify`: takes a captured request, and says who signed it or what is wrong. */
export function verifyCommand(): Command {
  const command = new Command("verify").description(
    "verify a captured request, and say who signed it or what is wrong",
  );
  return addSecretOptions(addCapturedOptions(command))
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
  $ oauth1 verify -- curl -H 'Authorization: OAuth …' https://photos.example.net/
  $ oauth1 verify --json -d "title=Ladies&oauth_consumer_key=…" https://photos.example.net/

Exit code 1: not verified.`,
    )
    .action(async (words: string[], { json }: { json?: boolean }, self: Command) => {
      const verification = await verifyGiven(words, self);
      const text = json ? asJson(verification) : printableLine(asText(verification));
      process.stdout.write(`${text}\n`);
      if (verification.verified) return;
      process.exitCode = 1;
      process.stderr.write("oauth1: oauth1 diagnose, with the same arguments, explains why\n");
    });
}

async function verifyGiven(words: readonly string[], command: Command): Promise<Verification> {
  requireOneReader(
    [...requestFromStandardInput(words, command), ...secretsFromStandardInput(command)],
    "the request, --credentials -, --public-key -, -H @-, --data @- and --data-binary @-",
  );
  const { clientSharedSecret, tokenSharedSecret, publicKey } = givenSecrets(command);
  const client = {
    sharedSecrets: clientSharedSecret === undefined ? [] : [clientSharedSecret],
    publicKey,
  };
  const { timestampTolerance } = command.opts<{ timestampTolerance?: number }>();
  const { createVerifier } = await import("@oauth1/verifier");
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
    timestampTolerance: timestampTolerance ?? Number.MAX_SAFE_INTEGER,
    // The command sends nothing, so a signature cannot reveal more than before.
    allowInsecureTransport: true,
  });
  const verification = await verifier.verify(await readRequest(words, command));
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
