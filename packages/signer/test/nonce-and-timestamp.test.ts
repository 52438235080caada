import { createSigner } from "@oauth1/signer";
import { afterEach, describe, expect, it, vi } from "vitest";
import { photos, vacation } from "./rfc-examples.js";

const { client, token } = photos;
const request = { method: "GET", url: vacation.url };
afterEach(() => vi.useRealTimers());

function value(
  signed: { protocolParameters: readonly (readonly [string, string])[] },
  name: string,
) {
  return signed.protocolParameters.find(([own]) => own === name)?.[1];
}

describe("nonce and timestamp (RFC 5849 §3.3)", () => {
  it("creates 10,000 distinct nonces of 32 hexadecimal digits", () => {
    const { sign } = createSigner({ client, token });
    const nonces = Array.from({ length: 10_000 }, () => value(sign(request), "oauth_nonce"));
    expect(new Set(nonces).size).toBe(10_000);
    expect(nonces).not.toContain("0".repeat(32));
    expect(nonces.filter((nonce) => !/^[\da-f]{32}$/.test(nonce ?? ""))).toEqual([]);
  });

  it("uses every bit of a nonce", () => {
    const { sign } = createSigner({ client });
    let zeros = (1n << 128n) - 1n;
    let ones = zeros;
    for (let count = 0; count < 200; count++) {
      const nonce = BigInt(`0x${value(sign(request), "oauth_nonce")}`);
      zeros &= nonce;
      ones &= ~nonce;
    }
    // The chance that a bit is never 0, or never 1, is 1 in 2 to the 191.
    expect([zeros, ones]).toEqual([0n, 0n]);
  });

  it("uses the system's time in whole seconds", () => {
    vi.useFakeTimers({ now: 1_191_242_096_999, toFake: ["Date"] });
    expect(value(createSigner({ client }).sign(request), "oauth_timestamp")).toBe("1191242096");
  });

  it("adds a request's offset to the clock's time, and checks the sum", () => {
    const { sign } = createSigner({ client, clock: () => 137131200 });
    const timestamp = (timestampOffset: number) =>
      value(sign(request, { timestampOffset }), "oauth_timestamp");
    expect([timestamp(-7200), timestamp(30), timestamp(0)]).toEqual([
      "137124000",
      "137131230",
      "137131200",
    ]);
    expect(() => timestamp(0.5)).toThrow(expect.objectContaining({ code: "ERR_SIGNER_OPTION" }));
  });

  it("calls clock and nonce once for each request", () => {
    const clock = vi.fn(() => 137131200 + clock.mock.calls.length);
    const nonce = vi.fn(() => `ä ${nonce.mock.calls.length}`);
    const { sign } = createSigner({ client, clock, nonce });
    expect([clock, nonce].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
    expect(sign(request).baseString).toMatch(
      /oauth_nonce%3D%25C3%25A4%25201%26.*oauth_timestamp%3D137131201%26/,
    );
    expect(value(sign(request), "oauth_nonce")).toBe("ä 2");
    expect([clock, nonce].map(({ mock }) => mock.calls.length)).toEqual([2, 2]);
  });
});

describe("protocol parameters (RFC 5849 §3.1)", () => {
  const names = (options: object, signOptions?: object) =>
    createSigner({ client, ...options })
      .sign(request, signOptions)
      .protocolParameters.map(([name]) => name);

  it("omits token and version", () => {
    expect(names({ version: null })).toEqual([
      "oauth_consumer_key",
      "oauth_nonce",
      "oauth_signature_method",
      "oauth_timestamp",
      "oauth_signature",
    ]);
  });

  it("omits the token if it is null or undefined", () => {
    expect(names({ token })).toContain("oauth_token");
    expect(names({ token })).toContain("oauth_version");
    expect(names({ token: null, realm: null })).not.toContain("oauth_token");
  });

  it("treats an empty token identifier as a token", () => {
    expect(names({ token: { identifier: "", sharedSecret: "" } })).toContain("oauth_token");
  });

  it("adds additional parameters to one request only", () => {
    const protocolParameters = [
      ["oauth_callback", "oob"],
      ["oauth_ä b", "☃"],
    ];
    expect(names({}, { protocolParameters })).toEqual(
      expect.arrayContaining(["oauth_callback", "oauth_ä b"]),
    );
    const signer = createSigner(photos);
    const first = signer.sign(request, { protocolParameters: [["oauth_ä b", "☃"]] });
    expect(first.headers["Authorization"]).toContain('oauth_%C3%A4%20b="%E2%98%83"');
    expect(first.baseString).toContain("oauth_%25C3%25A4%2520b%3D%25E2%2598%2583");
    expect(signer.sign(request).signature).toBe(vacation.signature);
  });
});
