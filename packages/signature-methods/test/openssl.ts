import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const isMissing = spawnSync("openssl", ["version"]).status !== 0;

/** True to skip the tests that need the openssl command. In CI they fail instead. */
export const withoutOpenssl: boolean = isMissing && !process.env["CI"];
if (withoutOpenssl)
  console.warn("SKIPPED: tests with keys, because the openssl command is missing");

/**
 * The folder of the keys. Mutation testing sets one, so that its thousands of runs use the same keys.
 * Otherwise each test file has its own.
 */
const shared = process.env["TEST_KEYS_FOLDER"];
const folder = shared ?? mkdtempSync(join(tmpdir(), "oauth1-keys-"));
if (shared !== undefined) mkdirSync(shared, { recursive: true });
else afterAll(() => rmSync(folder, { recursive: true }));

export function openssl(...args: readonly string[]): Buffer {
  return execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs openssl to write a file, which is the argument after `-out`, unless the file exists. */
export function opensslWrite(...args: readonly string[]): void {
  if (!existsSync(join(folder, args[args.indexOf("-out") + 1] ?? ""))) openssl(...args);
}

/** The text of a file that openssl wrote. */
export function read(file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

export const PASSPHRASE = "a passphrase: ☃ & %";

export type KeyFiles = Readonly<Record<"private" | "public", Readonly<Record<string, string>>>>;

/** Writes an RSA key as `<name>.pem` and as `<name>-public.pem`. */
export function generateRsa(name: string, bits = 2048): void {
  opensslWrite(
    "genpkey",
    "-algorithm",
    "RSA",
    "-pkeyopt",
    `rsa_keygen_bits:${bits}`,
    "-out",
    `${name}.pem`,
  );
  opensslWrite("pkey", "-in", `${name}.pem`, "-pubout", "-out", `${name}-public.pem`);
}

/** One key pair in every form of PEM that openssl writes. */
export function pemForms(name: string): KeyFiles {
  const key = `${name}.pem`;
  writeFileSync(join(folder, "passphrase"), PASSPHRASE);
  const secret = ["-passout", "file:passphrase"];
  opensslWrite("rsa", "-in", key, "-traditional", "-out", `${name}-pkcs1.pem`);
  opensslWrite("rsa", "-in", key, "-traditional", "-aes128", ...secret, "-out", `${name}-dek.pem`);
  opensslWrite(
    "pkcs8",
    "-in",
    key,
    "-topk8",
    "-v2",
    "aes256",
    ...secret,
    "-out",
    `${name}-enc.pem`,
  );
  opensslWrite("rsa", "-in", key, "-RSAPublicKey_out", "-out", `${name}-rsapublic.pem`);
  const request = ["req", "-new", "-key", key, "-subj", "/CN=photos.example.net"];
  opensslWrite(...request, "-x509", "-days", "2", "-out", `${name}-v3.crt`);
  opensslWrite(...request, "-out", `${name}.csr`);
  opensslWrite(
    "x509",
    "-req",
    "-in",
    `${name}.csr`,
    "-signkey",
    key,
    "-days",
    "2",
    "-out",
    `${name}-v1.crt`,
  );
  return {
    private: {
      "PKCS#8": read(key),
      "PKCS#1": read(`${name}-pkcs1.pem`),
      "encrypted PKCS#8": read(`${name}-enc.pem`),
      "encrypted PKCS#1": read(`${name}-dek.pem`),
    },
    public: {
      SPKI: read(`${name}-public.pem`),
      "PKCS#1 public": read(`${name}-rsapublic.pem`),
      "certificate of version 3": read(`${name}-v3.crt`),
      "certificate of version 1": read(`${name}-v1.crt`),
    },
  };
}

/** A signature made by `openssl dgst -sign`, as base64. */
export function opensslSign(digest: string, key: string, text: string): string {
  writeFileSync(join(folder, "text"), text);
  return openssl("dgst", `-${digest}`, "-sign", key, "text").toString("base64");
}

/** The result of `openssl dgst -verify` for a base64 signature. */
export function opensslVerifies(digest: string, key: string, text: string, signature: string) {
  writeFileSync(join(folder, "text"), text);
  writeFileSync(join(folder, "signature"), Buffer.from(signature, "base64"));
  const args = ["dgst", `-${digest}`, "-verify", key, "-signature", "signature", "text"];
  return spawnSync("openssl", args, { cwd: folder }).status === 0;
}
