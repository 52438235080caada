// The package as a browser loads it: bundled, with the hash functions and the comparison for
// platforms without node:crypto, and with only the web's globals.

import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { type Diagnosis, diagnose } from "@oauth1/diagnosis";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { createSigner } from "@oauth1/signer";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";

let inBrowser: (input: string) => string;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { diagnose } from "@oauth1/diagnosis";
        run = (input) => JSON.stringify(diagnose(...JSON.parse(input)));`,
      resolveDir: fileURLToPath(new URL("..", import.meta.url)),
    },
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
  });
  const globals = { atob, btoa, TextDecoder, TextEncoder, run: (_: string) => "" };
  runInNewContext(outputFiles[0]?.text ?? "", globals);
  inBrowser = globals.run;
});

const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
const token = { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" };
const secrets = {
  clientSharedSecret: client.sharedSecret,
  tokenSharedSecret: token.sharedSecret,
};

describe("a bundle for browsers", () => {
  it.each([hmacSha1, hmacSha256, hmacSha512, plaintext])(
    "returns the same diagnosis of $name as in Node",
    (method) => {
      const signer = createSigner({
        client,
        token,
        signatureMethod: method,
        clock: () => 137131202,
      });
      const url = "https://photos.example.net/photos?file=vacation.jpg&size=a%20b";
      const { signature, ...signed } = signer.sign({ method: "GET", url });
      const requests = [
        signed,
        // The request as it was signed, and as it arrived.
        { ...signed, method: "POST" },
        { ...signed, url: url.replace("photos?", "photos/?") },
        { ...signed, url: `${url}&another=1` },
      ];
      const valid: boolean[] = [];
      for (const { method: sent, url: target, headers } of requests) {
        const input = [
          { method: sent, url: target, headers },
          secrets,
          { now: 137131202 },
        ] as const;
        const diagnosis = JSON.parse(inBrowser(JSON.stringify(input))) as Diagnosis;
        expect(diagnosis).toEqual(JSON.parse(JSON.stringify(diagnose(...input))));
        valid.push(diagnosis.valid);
      }
      expect(valid).toEqual([
        true,
        ...(method === plaintext ? [true, true, true] : [false, false, false]),
      ]);
    },
  );
});
