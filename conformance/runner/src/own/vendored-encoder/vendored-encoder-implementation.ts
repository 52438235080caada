import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Implementation } from "@oauth1/properties";

/**
 * The percent-encoding file by itself, as in a project that copied it: loaded from a folder
 * without other files.
 */
export async function vendoredEncoderImplementation(): Promise<Implementation> {
  const require = createRequire(import.meta.url);
  const folder = await mkdtemp(join(tmpdir(), "oauth1-vendored-encoder-"));
  try {
    const file = join(folder, "percent-encoding.mjs");
    const source = await readFile(require.resolve("@oauth1/percent-encoding"), "utf8");
    // The source map is not copied.
    await writeFile(file, source.replace(/^\/\/# sourceMappingURL=.*$/m, ""));
    const encoder: typeof import("@oauth1/percent-encoding") = await import(
      pathToFileURL(file).href
    );
    return {
      name: "vendored-encoder",
      version: require("@oauth1/percent-encoding/package.json").version,
      language: "JavaScript",
      percentEncode: (input) =>
        typeof input === "string"
          ? encoder.percentEncode(input)
          : encoder.percentEncodeOctets(input),
      percentDecode: encoder.percentDecode,
      percentDecodeOctets: encoder.percentDecodeOctets,
      normalizePercentEncoding: (encoded, plus) =>
        encoder.normalizePercentEncoding(encoded, { plus }),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
