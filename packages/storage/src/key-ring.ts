import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { aNonEmptyString, aString, type Rule, requireValue } from "@oauth1/options";
import { makePrivateFolder } from "./private-folder.js";
import { StorageError } from "./storage-error.js";

/**
 * The encryption keys: the first one encrypts, all of them decrypt. A ring is safe to log, because
 * it shows only identifiers.
 */
export interface KeyRing {
  /** Returns the key that encrypts. */
  current(): { readonly id: string; readonly key: Buffer };
  /**
   * Returns the key with an identifier.
   *
   * @throws `StorageError` `ERR_ENCRYPTION_KEY` if the ring does not contain it.
   */
  find(id: string): Buffer;
  /** Returns the identifiers, the current key's first. */
  identifiers(): readonly string[];
}

/**
 * Creates a ring of keys from text, such as the value of an environment variable.
 *
 * @param text - Keys of 256 bits, each as 43 or 44 characters of base64 or base64url, separated by
 * commas or white space. The current key comes first.
 * @throws `StorageError` `ERR_ENCRYPTION_KEY` if a key has another length, or the text
 * contains no key.
 *
 * @example
 * ```ts
 * const ring = keyRingFromText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
 * ring.identifiers(); // ["630dcd2966c43366"]
 * ```
 */
export function keyRingFromText(text: string): KeyRing {
  requireValue("text", text, aString, wrong);
  const keys = readKeys(text, "the encryption key");
  return ringOf(() => keys);
}

/**
 * Creates a ring of keys from a file with one key per line, the current one first. If the file does
 * not exist, it is created with a new key, and only its owner can read it. The ring reads the file
 * again when it encrypts or misses a key, so it finds keys that another process has added.
 *
 * @throws `StorageError` `ERR_ENCRYPTION_KEY` if other users can read the file, or it
 * contains something other than keys.
 */
export function keyRingFromFile(file: string): KeyRing {
  requireValue("file", file, FILE, wrong);
  createKeyFile(file);
  let keys = readKeyFile(file);
  return ringOf((anew) => {
    if (anew) keys = readKeyFile(file);
    return keys;
  });
}

/**
 * Adds a new key at the top of a key file. The old keys still decrypt what they encrypted.
 * Afterwards encrypt all secrets again, then call `dropOldKeys`.
 */
export function addEncryptionKey(file: string): void {
  requireValue("file", file, FILE, wrong);
  const keys = readKeyFile(file);
  writeKeyFile(file, [newKey(), ...keys.values()]);
}

/**
 * Removes all keys except the current one from a key file. Call it at least a minute after
 * `addEncryptionKey`, and after all secrets are
 * encrypted again, which needs the old keys.
 */
export function dropOldKeys(file: string): void {
  requireValue("file", file, FILE, wrong);
  const [current] = readKeyFile(file).values();
  if (current) writeKeyFile(file, [current]);
}

/** Returns the path of the file with the encryption keys in a data folder. */
export function keyFileOf(dataFolder: string): string {
  requireValue("dataFolder", dataFolder, aNonEmptyString, wrong);
  return join(dataFolder, "encryption-keys");
}

const FILE: Rule = {
  mustBe: "a path or a file: URL",
  isValid: (value) =>
    (typeof value === "string" && value !== "" && !value.includes("\0")) || value instanceof URL,
};

function wrong(name: string, problem: string): StorageError {
  return new StorageError("ERR_STORAGE_ARGUMENT", `${name} ${problem}`);
}

const KEY_OCTETS = 32;

function newKey(): Buffer {
  return randomBytes(KEY_OCTETS);
}

function ringOf(keys: (anew: boolean) => ReadonlyMap<string, Buffer>): KeyRing {
  return {
    current() {
      const [[id, key] = []] = keys(true);
      if (id === undefined || key === undefined)
        throw rejection("the key ring must have at least one encryption key");
      return { id, key };
    },
    find(id) {
      const key = keys(false).get(id) ?? keys(true).get(id);
      if (key === undefined) {
        throw rejection(
          `a secret is encrypted with the key ${id}, which is missing; add that key to the encryption keys`,
        );
      }
      return key;
    },
    identifiers: () => [...keys(false).keys()],
  };
}

/** Maps identifiers to keys. An identifier is the first 64 bits of the key's SHA-256. */
function readKeys(text: string, source: string): ReadonlyMap<string, Buffer> {
  const keys = new Map<string, Buffer>();
  for (const [at, word] of text
    .split(/[\s,]+/)
    .filter(Boolean)
    .entries()) {
    const key = Buffer.from(word, "base64url");
    if (!/^[\w+/-]{43}=?$/.test(word) || key.length !== KEY_OCTETS) {
      throw rejection(`${source}: key ${at + 1} must be 256 bits in base64`);
    }
    keys.set(createHash("sha256").update(key).digest("hex").slice(0, 16), key);
  }
  if (keys.size === 0) throw rejection(`${source}: must contain at least one key`);
  return keys;
}

function readKeyFile(file: string): ReadonlyMap<string, Buffer> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw rejection(`${file} must be a file with the encryption keys`);
  }
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) {
    throw rejection(`${file} must not be readable by other users; run chmod 600 on it`);
  }
  return readKeys(readFileSync(file, "utf8"), file);
}

/** Creates the file atomically, also if two processes do so concurrently. */
function createKeyFile(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })) return;
  makePrivateFolder(dirname(file));
  const draft = writeDraft(file, [newKey()]);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}

function writeKeyFile(file: string, keys: readonly Buffer[]): void {
  renameSync(writeDraft(file, keys), file);
}

function writeDraft(file: string, keys: readonly Buffer[]): string {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  const descriptor = openSync(draft, "wx", 0o600);
  try {
    writeSync(descriptor, `${keys.map((key) => key.toString("base64")).join("\n")}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return draft;
}

function rejection(message: string): StorageError {
  return new StorageError("ERR_ENCRYPTION_KEY", message);
}
