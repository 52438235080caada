// Runs in Node, Bun and Deno without a bundler: they resolve the packages by name. Signs one
// request with HMAC-SHA1 and one with synchronous RSA and an encrypted key, and reports which
// platform file of @oauth1/hmac-sha1 the runtime's own resolution selects.
import { createRequire } from "node:module";
import { basename } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { createSigner } from "@oauth1/signer";
import { describeRuntime } from "./describe-runtime.js";
import type { RuntimeDescription } from "./runtime-report.js";

const { privateKey, passphrase, publicKey } = JSON.parse(argv[2] ?? "");

// RFC 5849 §1.2.
const photos = createSigner({
  client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
  token: { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" },
  version: null,
  clock: () => 137131202,
  nonce: () => "chapoH",
}).sign({
  method: "GET",
  url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
});

const byRsa = createSigner({
  client: { identifier: "dpf43f3p2l4k3l03", privateKey, passphrase },
  signatureMethod: rsaSha256Sync,
}).sign({ method: "GET", url: "http://photos.example.net/photos" });

const hmacSha1 = fileURLToPath(import.meta.resolve("@oauth1/hmac-sha1"));
const report: UnbundledReport = {
  runtime: await describeRuntime(),
  platformFile: basename(createRequire(hmacSha1).resolve("#platform")),
  signature: photos.signature,
  rsa: {
    baseString: byRsa.baseString,
    signature: byRsa.signature,
    verdict: rsaSha256Sync.prepareToVerify({ publicKey })(byRsa.baseString, byRsa.signature),
  },
};
console.log(JSON.stringify(report));

/** The data written to standard output. */
export interface UnbundledReport {
  readonly runtime: RuntimeDescription;
  readonly platformFile: string;
  readonly signature: string;
  readonly rsa: {
    readonly baseString: string;
    readonly signature: string;
    readonly verdict: boolean;
  };
}
