// The size of a bundle with one function of a package.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/**
 * One function of each package that runs in browsers, and the maximum size of a bundle with it,
 * minified and gzipped, in bytes.
 */
export const functions = [
  { specifier: "@oauth1/percent-encoding", name: "percentEncode", most: 1150 },
  { specifier: "@oauth1/printable", name: "printableLine", most: 320 },
  { specifier: "@oauth1/options", name: "aString", most: 150 },
  { specifier: "@oauth1/base-string", name: "baseStringUri", most: 800 },
  { specifier: "@oauth1/auth-header", name: "serializeAuthorizationHeader", most: 1550 },
  { specifier: "@oauth1/hmac-sha1", name: "signHmacSha1", most: 3700 },
  { specifier: "@oauth1/signature-methods/hmac-sha1", name: "hmacSha1", most: 4000 },
  { specifier: "@oauth1/captured-request", name: "readHeaders", most: 1750 },
  { specifier: "@oauth1/diagnosis", name: "compareBaseStrings", most: 1500 },
  { specifier: "@oauth1/signer", name: "createSigner", most: 9400 },
  { specifier: "@oauth1/client", name: "signedFetch", most: 5100 },
  { specifier: "@oauth1/verifier/nonces/memory", name: "memoryNonceStore", most: 2600 },
  { specifier: "@oauth1/verifier", name: "createVerifier", most: 18_000 },
];

/** The size of a bundle with one function, or with everything, minified and gzipped, in bytes. */
export async function sizeOf({ bundle }, { specifier, name }, folder) {
  const file = join(folder, `only-${name ?? "everything"}.mjs`);
  const imported = name === undefined ? "* as used" : `{ ${name} as used }`;
  writeFileSync(file, `import ${imported} from "${specifier}";\nglobalThis.used = used;\n`);
  return gzipSync(await bundle(file), { level: 9 }).length;
}
