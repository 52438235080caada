// The download size in a browser: each primitive with its dependencies, bundled and minified by
// esbuild, then gzipped. None of them can import anything from Node.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { sizeLimits } from "./size-limits.ts";

const packages = fileURLToPath(new URL("../packages", import.meta.url));

async function bundle(folder: string, code: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: join(packages, folder) },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: ["node:*"],
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  expect(output?.imports).toEqual([]);
  return outputFiles[0]?.text ?? "";
}

function gzipped(code: string): number {
  return gzipSync(code, { level: 9 }).length;
}

describe("size in a browser", () => {
  for (const [folder, octets, code] of sizeLimits) {
    it(`${folder} has at most ${octets} bytes, minified and gzipped`, async () => {
      const size = gzipped(await bundle(folder, code));
      console.log(`${folder}: ${size} of ${octets} bytes`);
      expect(size).toBeLessThanOrEqual(octets);
    });
  }

  it("does not include RSA in a bundle with only HMAC-SHA1", async () => {
    const code = await bundle("signer", 'export { createSigner } from "@oauth1/signer"');
    expect(code).toContain("HMAC-SHA1");
    expect(code).not.toMatch(/RSA|pkcs8|subtle/i);
  });

  it("does not include a signature method in a bundle with only the descriptions", async () => {
    const code = await bundle(
      "signature-methods",
      'export { methodDescriptions } from "@oauth1/signature-methods/descriptions"',
    );
    expect(code).toContain("RSA-SHA512");
    expect(code).not.toMatch(/import\(|subtle|prepareToSign/);
  });

  it("does not include the verifier in a bundle with the diagnosis", async () => {
    const code = await bundle("diagnosis", 'export { diagnose } from "@oauth1/diagnosis"');
    expect(code).toContain("SpaceAsPlus");
    expect(code).not.toMatch(/createVerifier|WWW-Authenticate|oauth_problem/);
  });

  it("does not include the decoder in a bundle with only the encoder", async () => {
    const code = await bundle(
      "percent-encoding",
      'export { percentEncode } from "@oauth1/percent-encoding"',
    );
    expect(code).not.toContain("decodeURIComponent");
    expect(code).toContain("percentEncode");
  });
});
