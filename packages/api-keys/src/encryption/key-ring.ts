import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { ApiKeysError } from "../api-keys-error.js";
import { checkArguments } from "../check-arguments.js";

/** The encryption keys: the first seals, all of them open. It can be logged: it shows identifiers. */
export interface KeyRing {
  /** The key that seals. */
  current(): { readonly id: string; readonly key: Buffer };
  /** @throws {@link ApiKeysError} `ERR_ENCRYPTION_KEY` if the ring has no key with that identifier. */
  find(id: string): Buffer;
  /** The identifiers, the current key's first. */
  identifiers(): readonly string[];
}

/**
 * A ring of keys from text, as an environment variable holds it.
 *
 * @param text - Keys of 256 bits, each 43 or 44 characters of base64 or base64url, separated by
 * commas or white space; the current one first.
 * @throws {@link ApiKeysError} `ERR_ENCRYPTION_KEY` where a key has another length, or there is
 * none.
 *
 * @example
 * ```ts
 * const ring = keyRingFromText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
 * ring.identifiers(); // ["630dcd2966c43366"]
 * ```
 */
export function keyRingFromText(text: string): KeyRing {
  checkArguments({ text });
  const keys = readKeys(text, "the encryption key");
  return ringOf(() => keys);
}

/**
 * A ring of keys from a file, one a line, the current one first. Where there is no file, one is
 * made with a fresh key, readable by its owner only. What is sealed, is with the key that is then
 * the file's first; a key that another process has added since is found.
 *
 * @throws {@link ApiKeysError} `ERR_ENCRYPTION_KEY` where others than the owner may read the file,
 * or it holds something else than keys.
 */
export function keyRingFromFile(file: string): KeyRing {
  checkArguments({ file });
  createKeyFile(file);
  let keys = readKeyFile(file);
  return ringOf((anew) => {
    if (anew) keys = readKeyFile(file);
    return keys;
  });
}

/**
 * Puts a fresh key in front of a key file's others. What was sealed before still opens;
 * `reencryptSecrets` seals it again, and `dropOldKeys` then takes the others away.
 */
export function addEncryptionKey(file: string): void {
  checkArguments({ file });
  const keys = readKeyFile(file);
  writeKeyFile(file, [newKey(), ...keys.values()]);
}

/**
 * Leaves a key file's current key only: a minute after `addEncryptionKey`, and after
 * `reencryptSecrets`, which needs the others.
 */
export function dropOldKeys(file: string): void {
  checkArguments({ file });
  const [current] = readKeyFile(file).values();
  if (current) writeKeyFile(file, [current]);
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
        throw refusal("the key ring must have at least one encryption key");
      return { id, key };
    },
    find(id) {
      const key = keys(false).get(id) ?? keys(true).get(id);
      if (key === undefined) {
        throw refusal(
          `a secret is encrypted with the key ${id}, which is missing; add it to the encryption keys`,
        );
      }
      return key;
    },
    identifiers: () => [...keys(false).keys()],
  };
}

/** Keys by identifier: the first 64 bits of the key's SHA-256. */
function readKeys(text: string, source: string): ReadonlyMap<string, Buffer> {
  const keys = new Map<string, Buffer>();
  for (const [at, word] of text
    .split(/[\s,]+/)
    .filter(Boolean)
    .entries()) {
    const key = Buffer.from(word, "base64url");
    if (!/^[\w+/-]{43}=?$/.test(word) || key.length !== KEY_OCTETS) {
      throw refusal(`${source}: key ${at + 1} must be 256 bits in base64`);
    }
    keys.set(createHash("sha256").update(key).digest("hex").slice(0, 16), key);
  }
  if (keys.size === 0) throw refusal(`${source}: must contain at least one key`);
  return keys;
}

function readKeyFile(file: string): ReadonlyMap<string, Buffer> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw refusal(`${file} must be a file with the encryption keys`);
  }
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) {
    throw refusal(`${file} must not be readable by other users; run chmod 600 on it`);
  }
  return readKeys(readFileSync(file, "utf8"), file);
}

/** Makes the file whole or not at all; of two processes at once, one makes it. */
function createKeyFile(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })) return;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
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

function refusal(message: string): ApiKeysError {
  return new ApiKeysError("ERR_ENCRYPTION_KEY", message);
}
