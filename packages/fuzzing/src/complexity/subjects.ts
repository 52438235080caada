import { parseAuthorizationHeader, parseChallenge } from "@oauth1/auth-header";
import { baseStringUri, formParameters, signatureBaseString } from "@oauth1/base-string";
import { formText, isFormContentType, parseMediaType } from "@oauth1/base-string/entity-body";
import { requestParameters } from "@oauth1/base-string/steps";
import {
  readCapturedRequest,
  readCurlCommand,
  readFetchSnippet,
  readHarEntry,
  readHttpMessage,
  readJsonRequest,
  readPowershellCommand,
} from "@oauth1/captured-request";
import { readAuthorizationCallback, requestTokenCredentials } from "@oauth1/client/authorization";
import {
  normalizePercentEncoding,
  percentDecode,
  percentDecodeOctets,
  percentEncode,
} from "@oauth1/percent-encoding";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { prepareForwardedClient } from "@oauth1/verifier";

/** A parser or a collector, with the beginnings and ends that bring it to the hostile part. */
export interface Subject {
  readonly run: (text: string) => unknown;
  /** `§` is where the hostile text goes. */
  readonly frames: readonly string[];
}

const url = "https://example.com/";
const client = { identifier: "a", sharedSecret: "kd94hf93k423kf44" };
const trusted = { peerAddress: "10.0.0.1" };
const forwarded = prepareForwardedClient({ addresses: ["10.0.0.0/8"], fields: ["forwarded"] });
const forwardedFor = prepareForwardedClient({
  addresses: ["10.0.0.0/8"],
  fields: ["x-forwarded-for"],
});

/** The parsers and collectors by name. */
export const subjects: Readonly<Record<string, Subject>> = {
  percentEncode: { run: percentEncode, frames: ["§"] },
  percentDecode: { run: percentDecode, frames: ["§"] },
  percentDecodeOctets: { run: percentDecodeOctets, frames: ["§"] },
  normalizePercentEncoding: {
    run: (text) => normalizePercentEncoding(text, { plus: "space" }),
    frames: ["§"],
  },
  formParameters: { run: formParameters, frames: ["§", "a=§"] },
  formText: { run: (text) => formText(Buffer.from(text)), frames: ["§"] },
  requestParameters: { run: (body) => requestParameters({ url, body }), frames: ["§", "a=§"] },
  baseStringUri: {
    run: baseStringUri,
    frames: ["§", "http://§", "http://§/", "http://a:§", "http://a/§", "http://[§]/"],
  },
  signatureBaseString: {
    run: (body) => signatureBaseString({ method: "POST", url, body }, [["oauth_nonce", "n"]]),
    frames: ["§"],
  },
  parseMediaType: { run: parseMediaType, frames: ["§", "a/b;§", 'a/b;c="§', 'a/b;c="§"'] },
  isFormContentType: {
    run: isFormContentType,
    frames: ["§", "application/x-www-form-urlencoded§"],
  },
  parseAuthorizationHeader: {
    run: parseAuthorizationHeader,
    frames: ["§", "OAuth §", 'OAuth a="§', 'OAuth realm="§"', "OAuth a§"],
  },
  parseChallenge: { run: parseChallenge, frames: ["§", "OAuth §", 'OAuth realm="§"', "Basic §,"] },
  readHttpMessage: {
    run: readHttpMessage,
    frames: [
      "§",
      "GET /§ HTTP/1.1\nHost: a",
      "GET / HTTP/1.1\nHost: a\nB: §",
      "GET / HTTP/1.1\nHost: a\n§",
      "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n§",
      "POST / HTTP/1.1\nHost: a\nContent-Type: application/x-www-form-urlencoded\n\n§",
    ],
  },
  readCurlCommand: {
    run: readCurlCommand,
    frames: [
      "curl §",
      "curl '§",
      "curl $'§'",
      'curl "§"',
      "curl https://a/ -d '§'",
      "curl https://a/§",
      "curl https://a/ -H '§'",
      "curl https://a/ -F 'a=§'",
      "curl https://a/ --data-urlencode '§'",
    ],
  },
  readFetchSnippet: { run: readFetchSnippet, frames: ["fetch(§", 'fetch("https://a/", §)'] },
  readPowershellCommand: {
    run: readPowershellCommand,
    frames: ["Invoke-WebRequest §", 'Invoke-WebRequest -Uri "https://a/" -Headers @{§}'],
  },
  readHarEntry: { run: readHarEntry, frames: ["§", '{"request":§'] },
  readJsonRequest: {
    run: readJsonRequest,
    frames: ["§", '{"method":"GET","url":"https://a/","body":§}'],
  },
  readCapturedRequest: { run: (text) => readCapturedRequest(text), frames: ["§"] },
  "PEM key": {
    run: (publicKey) => rsaSha256Sync.prepareToVerify({ publicKey }),
    frames: [
      "§",
      "-----BEGIN PUBLIC KEY-----\n§",
      "-----BEGIN PUBLIC KEY-----\n§\n-----END PUBLIC KEY-----",
    ],
  },
  Forwarded: {
    run: (value) => forwarded({ ...trusted, fields: () => [value] }),
    frames: ["§", "for=§", 'for="§"', 'for="[§]"'],
  },
  "X-Forwarded-For": {
    run: (value) => forwardedFor({ ...trusted, fields: () => [value] }),
    frames: ["§", "§, 10.0.0.2"],
  },
  "credential response": {
    run: (body) => answered(body, 200),
    frames: ["§", "oauth_token=§", "oauth_token_secret=a&oauth_token=b&c=§", '{"token":§}'],
  },
  "problem report": {
    run: (body) => answered(body, 401),
    frames: ["§", "oauth_problem_advice=§", "oauth_parameters_absent=§"],
  },
  readAuthorizationCallback: {
    run: (text) => readAuthorizationCallback(text, { identifier: "a" }),
    frames: ["/ready?§", "/ready?oauth_token=a&oauth_verifier=§"],
  },
};

function answered(body: string, status: number): Promise<unknown> {
  return requestTokenCredentials(url, {
    client,
    temporaryCredentials: client,
    verifier: "v",
    maximumResponseOctets: 10_000_000,
    fetch: async () => new Response(body, { status }),
  });
}
