import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ForwardedField, prepareForwardedClient } from "../src/index.js";

const PEER = "10.0.0.1";

function addressBehind(
  fields: Partial<Record<ForwardedField, string[]>>,
  peerAddress: string | undefined = PEER,
) {
  const clientOf = prepareForwardedClient({
    addresses: ["10.0.0.0/8", "2001:db8:ffff::/48"],
    fields: ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"],
  });
  return clientOf({ peerAddress, fields: (name) => fields[name as ForwardedField] ?? [] });
}

describe("prepareForwardedClient", () => {
  it("takes the peer's address if no proxy is trusted", () => {
    const clientOf = prepareForwardedClient(undefined);
    const fields = () => ["192.0.2.7"];
    expect(clientOf({ peerAddress: PEER, fields })).toEqual({ address: PEER });
  });

  it.each<[string, string[], string]>([
    ["the only address", ["192.0.2.7"], "192.0.2.7"],
    ["the last address that is not a proxy's", ["203.0.113.9, 192.0.2.7, 10.9.9.9"], "192.0.2.7"],
    ["the last of several headers", ["203.0.113.9", "192.0.2.7"], "192.0.2.7"],
    ["an address without its port", ["192.0.2.7:4711"], "192.0.2.7"],
    ["an IPv6 address", ["2001:db8::7"], "2001:db8::7"],
    ["an IPv6 address without its port", ["[2001:db8::7]:443"], "2001:db8::7"],
    ["an IPv4-mapped IPv6 address", ["::ffff:192.0.2.7"], "192.0.2.7"],
    ["the peer if the header does not contain an address", ["nobody"], PEER],
    ["the peer if the header is empty", [""], PEER],
    ["the nearest proxy if the element before it is not an address", ["x, 10.9.9.9"], "10.9.9.9"],
  ])("X-Forwarded-For: takes %s", (_, values, address) => {
    expect(addressBehind({ "x-forwarded-for": values })).toEqual({ address });
  });

  it("Forwarded: takes the address, the scheme and the host", () => {
    expect(
      addressBehind({ forwarded: ['for="[2001:db8::7]:443";proto=https;host=example.com'] }),
    ).toEqual({ address: "2001:db8::7", scheme: "https", host: "example.com" });
    expect(addressBehind({ forwarded: ["for=_hidden"] })).toEqual({ address: PEER });
  });

  it("returns undefined if a proxy's headers contradict each other", () => {
    expect(addressBehind({ forwarded: ["for=192.0.2.7, for=192.0.2.8"] })).toBeUndefined();
    expect(addressBehind({ "x-forwarded-host": ["a", "b"] })).toBeUndefined();
  });

  it("ignores the headers of a client that is not a trusted proxy", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.string(), (claimed, text) => {
        const fields = {
          "x-forwarded-for": [claimed, text],
          "x-forwarded-host": [text],
          forwarded: [`for=${claimed}`],
        };
        expect(addressBehind(fields, "203.0.113.5")).toEqual({ address: "203.0.113.5" });
        expect(addressBehind(fields, undefined)?.address).not.toBe(claimed);
      }),
    );
  });

  it("does not let a client choose its address with headers that it sends through a trusted proxy", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())), (sent) => {
        const value = [...sent.map((text) => text.replaceAll(",", "")), "192.0.2.7"].join(", ");
        expect(addressBehind({ "x-forwarded-for": [value] })?.address).toBe("192.0.2.7");
      }),
    );
  });

  it("rejects an invalid address or header name in the option", () => {
    for (const [code, proxies] of [
      ["ERR_TRUSTED_PROXIES", { addresses: ["10.0.0.0/99"], fields: ["forwarded"] }],
      ["ERR_VERIFIER_OPTION", { addresses: ["10.0.0.1"], fields: ["x-real-ip"] }],
      ["ERR_VERIFIER_OPTION", { addresses: ["10.0.0.1"], fields: [] }],
    ] as const) {
      expect(() => prepareForwardedClient(proxies as never)).toThrow(
        expect.objectContaining({ code }),
      );
    }
  });
});
