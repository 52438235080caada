import { createPrivateKey, createPublicKey, createSecretKey, webcrypto } from "node:crypto";
import {
  KeyError,
  type KeyErrorCode,
  type RsaSigningClient,
  type RsaVerifyingClient,
} from "@oauth1/signature-methods";
import { beforeAll, describe, expect, it } from "vitest";
import {
  generateRsa,
  type KeyFiles,
  opensslWrite,
  PASSPHRASE,
  pemForms,
  read,
  withoutOpenssl,
} from "./openssl.js";
import { RSA_CASES, type RsaCase } from "./rsa-methods.js";

/** The error of a key, whether it is thrown at once or with the first signature. */
async function keyError(
  use: () => string | boolean | Promise<string | boolean>,
): Promise<KeyError> {
  try {
    await use();
  } catch (error) {
    if (error instanceof KeyError) return error;
    throw error;
  }
  throw new Error("the key was accepted");
}

let pem: KeyFiles;

beforeAll(() => {
  if (withoutOpenssl) return;
  generateRsa("key");
  generateRsa("small", 1024);
  pem = pemForms("key");
  const curve = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
  opensslWrite("genpkey", ...curve, "-out", "ec.pem");
  opensslWrite("pkey", "-in", "ec.pem", "-pubout", "-out", "ec-public.pem");
  opensslWrite("ec", "-in", "ec.pem", "-out", "ec-sec1.pem");
  opensslWrite("genpkey", "-algorithm", "RSA-PSS", "-out", "pss.pem");
  opensslWrite("pkey", "-in", "pss.pem", "-pubout", "-out", "pss-public.pem");
  const secret = ["-passout", `pass:${PASSPHRASE}`];
  opensslWrite(
    "pkcs8",
    "-in",
    "ec.pem",
    "-topk8",
    "-v2",
    "aes256",
    ...secret,
    "-out",
    "ec-enc.pem",
  );
  opensslWrite("req", "-x509", "-new", "-key", "ec.pem", "-subj", "/CN=ec", "-out", "ec.crt");
});

describe.skipIf(withoutOpenssl).each(RSA_CASES)(
  "KeyError of $name by $platform",
  (rsa: RsaCase) => {
    const { method, hash } = rsa;

    function signing(privateKey: unknown, more: object = {}): Promise<KeyError> {
      const client = { privateKey, ...more } as RsaSigningClient;
      return keyError(() => method.prepareToSign(client)("bs"));
    }

    function verifying(publicKey: unknown, more: object = {}): Promise<KeyError> {
      const client = { publicKey, ...more } as RsaVerifyingClient;
      return keyError(() => method.prepareToVerify(client)("bs", "c2lnbmF0dXJl"));
    }

    async function expectCode(code: KeyErrorCode, errors: Record<string, Promise<KeyError>>) {
      for (const [what, error] of Object.entries(errors)) {
        expect(await error, what).toMatchObject({ name: "KeyError", code });
      }
    }

    const privateJwk = () => createPrivateKey(read("key.pem")).export({ format: "jwk" });
    const publicJwk = () => createPublicKey(read("key.pem")).export({ format: "jwk" });

    function importKey(name: string, hashName: string, usage: "sign" | "verify") {
      const isPrivate = usage === "sign";
      const key = isPrivate ? createPrivateKey(read("key.pem")) : createPublicKey(read("key.pem"));
      const der = key.export({
        type: isPrivate ? "pkcs8" : "spki",
        format: "der",
      } as never) as never;
      const algorithm = { name, hash: hashName };
      return webcrypto.subtle.importKey(isPrivate ? "pkcs8" : "spki", der, algorithm, true, [
        usage,
      ]);
    }

    it("ERR_KEY_FORM: rejects what is not a key in a supported format", async () => {
      const secretKey = await webcrypto.subtle.generateKey({ name: "HMAC", hash }, true, ["sign"]);
      const forms = {
        undefined: undefined,
        null: null,
        number: 42,
        "empty text": "",
        "text without PEM": "kd94hf93k423kf44",
        "object of no form": {},
        octets: createPrivateKey(read("key.pem")).export({ type: "pkcs8", format: "der" }),
        "secret KeyObject": createSecretKey(Buffer.from("kd94hf93k423kf44")),
        "secret CryptoKey": secretKey,
        "certificate request": read("key.csr"),
        "a label that ends like that of another key": read("ec-sec1.pem").replaceAll(
          "EC PRIVATE",
          "AN EC PRIVATE",
        ),
        "a label that begins like that of another key": read("ec-sec1.pem").replaceAll(
          "EC PRIVATE KEY",
          "EC PRIVATE KEY A",
        ),
        "a label of any length": read("key.pem").replaceAll("PRIVATE", "A".repeat(65)),
      };
      for (const [what, form] of Object.entries(forms)) {
        await expectCode("ERR_KEY_FORM", {
          [`${what}, signing`]: signing(form),
          [`${what}, verifying`]: verifying(form),
        });
      }
    });

    it("ERR_KEY_MALFORMED: rejects a damaged key", async () => {
      const text = read("key.pem");
      const { n, e } = publicJwk();
      await expectCode("ERR_KEY_MALFORMED", {
        "no end": signing(text.replace(/-----END.*/s, "")),
        "another end": signing(text.replace("END PRIVATE", "END PUBLIC")),
        "no base64": signing(text.replace(/^MII/m, "M.I")),
        base64url: signing(text.replace(/[+/]/, "-")),
        "nothing between": signing(
          text.replace(/(?<=BEGIN PRIVATE KEY-----).*(?=-----END)/s, "\n"),
        ),
        "another form than it names": signing(text.replaceAll("PRIVATE KEY", "RSA PRIVATE KEY")),
        "private JWK without its factors": signing({ kty: "RSA", n, e, d: privateJwk().d }),
        "public JWK without a modulus": verifying({ kty: "RSA", e }),
        "JWK with a character outside base64url": verifying({ kty: "RSA", e, n: `${n}!` }),
        "JWK with a space": signing({ ...privateJwk(), n: ` ${n}` }),
        "SPKI that says certificate": verifying(
          read("key-public.pem").replaceAll("PUBLIC KEY", "CERTIFICATE"),
        ),
        "certificate that says SPKI": verifying(
          read("key-v3.crt").replaceAll("CERTIFICATE", "PUBLIC KEY"),
        ),
      });
    });

    it("uses the needed half of a client that has both", async () => {
      const client = { privateKey: read("key.pem"), publicKey: read("key-public.pem") };
      const signature = await method.prepareToSign(client)("bs");
      expect(await method.prepareToVerify(client)("bs", signature)).toBe(true);
    });

    it("ERR_KEY_PUBLIC: rejects a public key for signing", async () => {
      for (const [form, text] of Object.entries(pem.public)) {
        await expectCode("ERR_KEY_PUBLIC", { [form]: signing(text) });
      }
      await expectCode("ERR_KEY_PUBLIC", {
        JWK: signing(publicJwk()),
        KeyObject: signing(createPublicKey(read("key.pem"))),
        CryptoKey: signing(await importKey("RSASSA-PKCS1-v1_5", hash, "verify")),
      });
    });

    it("ERR_KEY_PRIVATE: rejects a private key for verifying", async () => {
      for (const [form, text] of Object.entries(pem.private)) {
        await expectCode("ERR_KEY_PRIVATE", { [form]: verifying(text) });
      }
      await expectCode("ERR_KEY_PRIVATE", {
        JWK: verifying(privateJwk()),
        KeyObject: verifying(createPrivateKey(read("key.pem"))),
        CryptoKey: verifying(await importKey("RSASSA-PKCS1-v1_5", hash, "sign")),
      });
    });

    it("ERR_KEY_NOT_RSA: rejects a key that is not RSA", async () => {
      await expectCode("ERR_KEY_NOT_RSA", {
        "EC in PKCS#8": signing(read("ec.pem")),
        "EC in SEC 1": signing(read("ec-sec1.pem")),
        "EC in encrypted PKCS#8": signing(read("ec-enc.pem"), { passphrase: PASSPHRASE }),
        "EC in a JWK": signing(createPrivateKey(read("ec.pem")).export({ format: "jwk" })),
        "EC KeyObject": signing(createPrivateKey(read("ec.pem"))),
        "EC in SPKI": verifying(read("ec-public.pem")),
        "EC in a certificate": verifying(read("ec.crt")),
        "RSASSA-PSS in PKCS#8": signing(read("pss.pem")),
        "RSASSA-PSS in SPKI": verifying(read("pss-public.pem")),
        "RSASSA-PSS KeyObject": verifying(createPublicKey(read("pss-public.pem"))),
      });
    });

    it("ERR_KEY_TOO_SMALL: rejects a modulus shorter than 2048 bits, or than the given minimum", async () => {
      await expectCode("ERR_KEY_TOO_SMALL", {
        signing: signing(read("small.pem")),
        verifying: verifying(read("small-public.pem")),
        "more asked for, signing": signing(read("key.pem"), { minimumModulusLength: 2049 }),
        "more asked for, verifying": verifying(read("key-public.pem"), {
          minimumModulusLength: 2049,
        }),
        "no number asked for": signing(read("key.pem"), { minimumModulusLength: Number.NaN }),
      });
      const client = { privateKey: read("small.pem"), minimumModulusLength: 1024 };
      const signature = await method.prepareToSign(client)("bs");
      expect(Buffer.from(signature, "base64")).toHaveLength(128);
    });

    it("ERR_KEY_ENCRYPTED: rejects an encrypted key without a passphrase", async () => {
      await expectCode("ERR_KEY_ENCRYPTED", {
        "PKCS#8": signing(pem.private["encrypted PKCS#8"]),
        "PKCS#1": signing(pem.private["encrypted PKCS#1"]),
      });
    });

    it("ERR_KEY_PASSPHRASE: rejects a wrong passphrase", async () => {
      for (const passphrase of ["", "wrong", `${PASSPHRASE} `]) {
        await expectCode("ERR_KEY_PASSPHRASE", {
          "PKCS#8": signing(pem.private["encrypted PKCS#8"], { passphrase }),
          "PKCS#1": signing(pem.private["encrypted PKCS#1"], { passphrase }),
        });
      }
    });

    it("ERR_KEY_ALGORITHM: rejects a key bound to another algorithm or hash function", async () => {
      const otherHash = hash === "SHA-256" ? "SHA-1" : "SHA-256";
      await expectCode("ERR_KEY_ALGORITHM", {
        "RSASSA-PSS": signing(await importKey("RSA-PSS", hash, "sign")),
        "another hash function": signing(await importKey("RSASSA-PKCS1-v1_5", otherHash, "sign")),
        "another hash function, verifying": verifying(
          await importKey("RSASSA-PKCS1-v1_5", otherHash, "verify"),
        ),
        "JWK with another alg": signing({ ...privateJwk(), alg: "PS256" }),
        "JWK with another alg, verifying": verifying({ ...publicJwk(), alg: "RS384" }),
      });
    });

    it("never contains a part of the key or the passphrase", async () => {
      const text = read("key.pem");
      const errors = await Promise.all([
        signing(pem.private["encrypted PKCS#8"], { passphrase: "hunter2-wrong" }),
        signing(text.replace(/^MII/m, "M.I")),
        signing(text.replace(/-----END.*/s, "")),
        signing("kd94hf93k423kf44"),
        signing(read("small.pem")),
        signing({ ...privateJwk(), q: undefined }),
      ]);
      const lines = text.split("\n").filter((line) => !line.startsWith("-----") && line !== "");
      const parts = [...lines, "hunter2", "kd94hf93", PASSPHRASE];
      for (const error of errors) {
        const everything = JSON.stringify([error.message, error.stack, error.cause, { ...error }]);
        for (const part of parts) expect(everything).not.toContain(part);
      }
    });

    it("is thrown again with each signature, and does not cause an unhandled rejection before that", async () => {
      const unhandled: unknown[] = [];
      const listener = (reason: unknown) => unhandled.push(reason);
      process.on("unhandledRejection", listener);
      try {
        // Only the platform detects that a modulus is too small.
        const client = { privateKey: read("small.pem") };
        if (rsa.platform === "node:crypto") {
          expect(() => method.prepareToSign(client)).toThrow(KeyError);
        } else {
          const sign = method.prepareToSign(client);
          await new Promise((resolve) => setTimeout(resolve, 50));
          for (const text of ["a", "b"]) {
            expect(await keyError(() => sign(text))).toMatchObject({ code: "ERR_KEY_TOO_SMALL" });
          }
        }
        expect(unhandled).toEqual([]);
      } finally {
        process.off("unhandledRejection", listener);
      }
    });
  },
);

describe.skipIf(withoutOpenssl)("the message of a KeyError", () => {
  const der = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, "");
  const block = (label: string, base64: string) =>
    `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`;
  const hex = (digits: string) => Buffer.from(digits.replaceAll(" ", ""), "hex").toString("base64");
  /** AlgorithmIdentifier (RFC 8017 §A.1). What follows it here is NULL and not a key. */
  const RSA_ENCRYPTION = "30 0d 06 09 2a864886f70d010101 05 00";
  const privateKeyOf = (file: string) => createPrivateKey(read(file));
  const jwk = () => privateKeyOf("key.pem").export({ format: "jwk" });
  /** A modulus that is not a product of two primes. The platform notices it when it signs. */
  const evenModulus = () => {
    const octets = Buffer.from(jwk().n ?? "", "base64url");
    octets[255] = 0;
    return octets.toString("base64url");
  };
  const generate = async (algorithm: object, ...usages: string[]) => {
    const pair = await webcrypto.subtle.generateKey(algorithm as never, true, usages as never);
    return (pair as webcrypto.CryptoKeyPair).privateKey;
  };
  const ofModulus = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };

  it.each<[string, () => unknown]>([
    ["the private key must be PEM, JWK, CryptoKey or KeyObject", () => ({})],
    [
      "the key must be a PEM block that begins with -----BEGIN … KEY-----",
      () => "kd94hf93k423kf44",
    ],
    [
      "the PEM block has no -----END PRIVATE KEY-----",
      () => read("key.pem").replace(/-----END.*/s, ""),
    ],
    ["the PEM block must be base64", () => block("PRIVATE KEY", "M.I")],
    ["the PEM block must be base64", () => block("PRIVATE KEY", "X-Proc-Type: 4,ENCRYPTED")],
    ["the PEM block must contain an RSA key, not CERTIFICATE REQUEST", () => read("key.csr")],
    ["the PEM block must contain an RSA key, not EC PRIVATE KEY", () => read("ec-sec1.pem")],
    ["the private key is encrypted: set passphrase", () => pem.private["encrypted PKCS#8"]],
    ["the private key must be an RSA key", () => read("ec.pem")],
    ["the key is truncated or damaged", () => block("PRIVATE KEY", "MII=")],
    [
      "the key is damaged, or is not in the format that it names",
      () => block("RSA PRIVATE KEY", "AgEA"),
    ],
    ...["30 00", "30 05 020100 3000", `30 12 020100 ${RSA_ENCRYPTION} 0500`].map(
      (digits): [string, () => unknown] => [
        "the key is damaged, or is not in the format that it names",
        () => block("PRIVATE KEY", hex(digits)),
      ],
    ),
    ["the private key is damaged", () => ({ ...jwk(), n: evenModulus() })],
    [
      "the private key is damaged",
      () => block("PRIVATE KEY", hex(`30 16 020100 ${RSA_ENCRYPTION} 04 02 0500`)),
    ],
    [
      "the key must be an RSA key, not a secret key",
      () => createSecretKey(Buffer.from("kd94hf93k423kf44")),
    ],
    ["the key must be an RSA key, not ec", () => privateKeyOf("ec.pem")],
    ["the kty of the JWK must be RSA", () => privateKeyOf("ec.pem").export({ format: "jwk" })],
    ["the alg of the JWK must be RS1, not PS256", () => ({ ...jwk(), alg: "PS256" })],
    ["signing needs a private key, not a public one (PUBLIC KEY)", () => read("key-public.pem")],
    [
      "signing needs a private key, not a public one (JWK)",
      () => createPublicKey(read("key.pem")).export({ format: "jwk" }),
    ],
    [
      "signing needs a private key, not a public one (KeyObject)",
      () => createPublicKey(read("key.pem")),
    ],
    [
      "signing needs a private key, not a public one (CryptoKey)",
      () =>
        webcrypto.subtle.importKey(
          "spki",
          Buffer.from(der(read("key-public.pem")), "base64"),
          { name: "RSASSA-PKCS1-v1_5", hash: "SHA-1" },
          true,
          ["verify"],
        ),
    ],
    ["the modulus of the key must have at least 2048 bits, not 1024", () => read("small.pem")],
    [
      "the CryptoKey must be for RSASSA-PKCS1-v1_5, SHA-1 and sign, not for RSA-OAEP, SHA-1 and decrypt+unwrapKey",
      () =>
        generate(
          { name: "RSA-OAEP", hash: "SHA-1", ...ofModulus },
          "decrypt",
          "unwrapKey",
          "encrypt",
        ),
    ],
    [
      "the CryptoKey must be for RSASSA-PKCS1-v1_5, SHA-1 and sign, not for Ed25519, no hash and sign",
      () => generate({ name: "Ed25519" }, "sign", "verify"),
    ],
  ])("says what is wrong: %s", async (message, makeKey) => {
    const privateKey = (await makeKey()) as string;
    for (const { method } of RSA_CASES.filter(({ hash }) => hash === "SHA-1")) {
      const error = await keyError(() => method.prepareToSign({ privateKey })("bs"));
      expect(error.message).toBe(message);
    }
  });

  it.each<[string, () => unknown]>([
    ["the public key must be PEM, JWK, CryptoKey or KeyObject", () => ({})],
    ["the public key must be an RSA key", () => read("ec-public.pem")],
    ...["30 00", "30 02 3000"].map((digits): [string, () => unknown] => [
      "the key is damaged, or is not in the format that it names",
      () => block("CERTIFICATE", hex(digits)),
    ]),
    [
      "the public key is damaged",
      () => block("PUBLIC KEY", hex(`30 14 ${RSA_ENCRYPTION} 03 03 00 0500`)),
    ],
    ["verifying needs a public key, not a private one (PRIVATE KEY)", () => read("key.pem")],
  ])("says what is wrong for verifying: %s", async (message, makeKey) => {
    const publicKey = makeKey() as string;
    for (const { method } of RSA_CASES.filter(({ hash }) => hash === "SHA-1")) {
      const error = await keyError(() => method.prepareToVerify({ publicKey })("bs", "c2ln"));
      expect(error.message).toBe(message);
    }
  });

  it("says that the passphrase is wrong", async () => {
    const client = { privateKey: pem.private["encrypted PKCS#8"] ?? "", passphrase: "wrong" };
    for (const { method } of RSA_CASES) {
      const error = await keyError(() => method.prepareToSign(client)("bs"));
      expect(error.message).toBe(
        "the passphrase of the private key is wrong, or the key is damaged",
      );
    }
  });
});
