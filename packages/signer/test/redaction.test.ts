import { Console } from "node:console";
import { generateKeyPairSync } from "node:crypto";
import { Writable } from "node:stream";
import { inspect } from "node:util";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { createSigner, redactCredentials, type SignerOptions } from "@oauth1/signer";
import { describe, expect, it } from "vitest";
import { photos, vacation } from "./rfc-examples.js";

const SECRETS = [photos.client.sharedSecret, photos.token.sharedSecret];

function logged(value: unknown): string {
  let written = "";
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  const log = new Console({ stdout });
  log.log(value);
  log.log("%s %o %O %j", value, value, value, value);
  log.dir(value, { depth: null });
  log.table([value]);
  return written;
}

/** Every way in which a value becomes text in a log. */
const texts: Record<string, (value: unknown) => string> = {
  "JSON.stringify": (value) => JSON.stringify({ nested: [value] }),
  "util.inspect": (value) => inspect(value),
  "util.inspect, showHidden: false": (value) => inspect(value, { showHidden: false }),
  "util.inspect, all of it": (value) => inspect({ value }, { showHidden: true, depth: null }),
  "util.inspect, depth: null": (value) => inspect([value], { depth: null }),
  String: (value) => String(value),
  console: logged,
  "Object.entries": (value) => JSON.stringify(Object.entries(value as object)),
};

describe("redacted credentials in logs", () => {
  const signer = createSigner(photos);
  const values = {
    signer,
    "its client": signer.client,
    "its token": signer.token,
    credentials: redactCredentials(photos.client),
    "credentials made from credentials": redactCredentials(redactCredentials(photos.client)),
    "a signed request": signer.sign({ method: "GET", url: vacation.url }),
  };
  for (const [name, value] of Object.entries(values)) {
    for (const [way, textOf] of Object.entries(texts)) {
      it(`do not expose a secret: ${name} by ${way}`, () => {
        const text = textOf(value);
        expect(text).not.toBe("");
        for (const secret of SECRETS) expect(text).not.toContain(secret);
      });
    }
  }

  it("show that a secret is present", () => {
    const client = redactCredentials(photos.client);
    expect(JSON.parse(JSON.stringify(client))).toEqual({
      identifier: "dpf43f3p2l4k3l03",
      sharedSecret: "[redacted]",
    });
    expect(inspect(client)).toContain("sharedSecret: '[redacted]'");
    expect(inspect(signer, { depth: null }).match(/\[redacted\]/g)).toHaveLength(2);
  });

  it("hide a private key and its passphrase", () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: {
        type: "pkcs8",
        format: "pem",
        cipher: "aes-256-cbc",
        passphrase: "pass-9d2",
      },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    const { client } = createSigner({
      client: { identifier: "i", privateKey, passphrase: "pass-9d2" },
      signatureMethod: rsaSha256,
    });
    for (const textOf of Object.values(texts)) {
      expect(textOf(client)).not.toMatch(/pass-9d2|PRIVATE KEY/);
    }
    expect(JSON.stringify(client)).toBe(
      '{"identifier":"i","privateKey":"[redacted]","passphrase":"[redacted]"}',
    );
  });
});

describe("redacted credentials", () => {
  it("still have readable secrets that sign", () => {
    const client = redactCredentials(photos.client);
    const token = redactCredentials(photos.token);
    expect(client.sharedSecret).toBe(photos.client.sharedSecret);
    const signer = createSigner({ ...photos, client, token } satisfies SignerOptions);
    expect(signer.sign({ method: "GET", url: vacation.url }).signature).toBe(vacation.signature);
  });

  it("are a copy that later changes do not affect", () => {
    const plain = { ...photos.client };
    const signer = createSigner({ ...photos, client: plain });
    plain.identifier = "other";
    plain.sharedSecret = "other";
    expect(signer.client.identifier).toBe(photos.client.identifier);
    expect(signer.sign({ method: "GET", url: vacation.url }).signature).toBe(vacation.signature);
  });
});

describe("credentials of a class, whose members are getters", () => {
  class FromStore {
    get identifier() {
      return photos.client.identifier;
    }
    get sharedSecret() {
      return photos.client.sharedSecret;
    }
  }

  it("sign like plain ones, and are redacted", () => {
    const fixed = { clock: () => 137131202, nonce: () => "chapoH" };
    const request = { method: "GET", url: "http://photos.example.net/" };
    const signed = createSigner({ ...fixed, client: new FromStore() }).sign(request);
    expect(signed).toEqual(createSigner({ ...fixed, client: photos.client }).sign(request));
    expect(signed.protocolParameters[0]).toEqual(["oauth_consumer_key", photos.client.identifier]);
    expect(inspect(redactCredentials(new FromStore()), { showHidden: true })).not.toContain(
      SECRETS[0],
    );
  });
});
