import { createDecipheriv } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import {
  addEncryptionKey,
  keyRingFromFile,
  keyRingFromText,
  openSecret,
  sealSecret,
} from "../src/index.js";

const folder = mkdtempSync(join(tmpdir(), "oauth1-key-ring-"));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = Buffer.from(Array.from({ length: 32 }, (_, at) => at));
const PLACE = { path: ["photos token", "7"], name: "the secret of token 7" };

describe("a sealed secret", () => {
  const ring = keyRingFromText(KEY.toString("base64"));

  it("is AES-256-GCM that node:crypto decrypts, with the place as associated data", () => {
    const octets = Buffer.from(sealSecret("secret", PLACE, ring).sealed, "base64url");
    const decipher = createDecipheriv("aes-256-gcm", KEY, octets.subarray(0, 12));
    decipher.setAAD(Buffer.from("photos token\n7"));
    decipher.setAuthTag(octets.subarray(-16));
    const ciphertext = octets.subarray(12, -16);
    expect(decipher.update(ciphertext, undefined, "utf8") + decipher.final("utf8")).toBe("secret");
  });

  it("can be decrypted only in its own place", () => {
    const stored = sealSecret("secret", PLACE, ring);
    expect(openSecret(stored, PLACE, ring)).toBe("secret");
    for (const path of [["photos token", "8"], ["photos token"], ["photos client", "7"]]) {
      expect(() => openSecret(stored, { ...PLACE, path }, ring)).toThrow(
        "the secret of token 7 was changed or moved",
      );
    }
  });
});

describe("a key ring", () => {
  it("rejects keys of another length and an empty text, without repeating the text", () => {
    for (const text of ["", " , ", KEY.subarray(1).toString("base64"), "not*a*key"]) {
      expect(() => keyRingFromText(text)).toThrow(
        /256 bits in base64|must contain at least one key/,
      );
      if (text.trim().length > 2) expect(() => keyRingFromText(text)).not.toThrow(text);
    }
  });

  it("creates its file once, for the owner only", () => {
    const file = join(folder, "new", "keys");
    const ids = [keyRingFromFile(file), keyRingFromFile(file)].map((ring) => ring.identifiers());
    expect(ids[0]).toEqual(ids[1]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "new")).mode & 0o777).toBe(0o700);
  });

  it.skipIf(process.platform === "win32")("rejects a file that other users can read", () => {
    const file = join(folder, "open");
    writeFileSync(file, KEY.toString("base64"), { mode: 0o640 });
    expect(() => keyRingFromFile(file)).toThrow(/chmod 600/);
  });

  it("shows no key when it is logged", () => {
    const ring = keyRingFromText(KEY.toString("base64"));
    const shown = inspect(ring, { depth: 9, showHidden: true }) + JSON.stringify(ring);
    expect(shown).not.toContain("00 01 02 03");
    expect(shown).not.toContain(KEY.toString("base64").slice(0, 20));
  });

  it("finds a key that another process has added to the file", () => {
    const file = join(folder, "shared");
    const [mine, theirs] = [keyRingFromFile(file), keyRingFromFile(file)];
    addEncryptionKey(file);
    const added = keyRingFromFile(file);
    const stored = sealSecret("secret", PLACE, added);
    expect(openSecret(stored, PLACE, mine)).toBe("secret");
    expect(theirs.identifiers()).toHaveLength(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
