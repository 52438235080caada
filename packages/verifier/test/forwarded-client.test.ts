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
    ["an IPv6 address in brackets", ["[2001:db8::7]"], "2001:db8::7"],
    ["an IPv6 address after a space", ["203.0.113.9, 2001:db8::7"], "2001:db8::7"],
    ["the first proxy if there are only proxies", ["10.9.9.9, 10.9.9.8"], "10.9.9.9"],
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

  it("Forwarded: reads quoted texts (RFC 7239 §4)", () => {
    const forwarded = ['host="ex\\ample.com:8080" ; proto="https";for="192.0.2.7"'];
    expect(addressBehind({ forwarded })).toEqual({
      address: "192.0.2.7",
      scheme: "https",
      host: "example.com:8080",
    });
  });

  it.each(["proto", "=https", ";", "proto=https;;", "host=a;HOST=b", 'host="a', "host=a b"])(
    "Forwarded: returns undefined if it is malformed: %s",
    (forwarded) => {
      expect(addressBehind({ forwarded: [forwarded] })).toBeUndefined();
    },
  );

  it("takes from each header what it contains", () => {
    const others = { "x-forwarded-host": ["a.example"], "x-forwarded-proto": ["https"] };
    const clientOf = prepareForwardedClient({
      addresses: [PEER],
      fields: ["x-forwarded-host", "x-forwarded-proto", "forwarded"],
    });
    const read = (forwarded: string) => {
      const headers: Record<string, string[]> = { ...others, forwarded: [forwarded] };
      return clientOf({ peerAddress: PEER, fields: (name) => headers[name] ?? [] });
    };
    expect(read("host=b.example")).toEqual({ address: PEER, scheme: "https", host: "b.example" });
    expect(read("proto=http")).toEqual({ address: PEER, scheme: "http", host: "a.example" });
    expect(read(`for=${PEER}`)).toEqual({ address: PEER, scheme: "https", host: "a.example" });
  });

  it("trusts an address, not those near it", () => {
    const fields = (name: string) => (name === "x-forwarded-for" ? ["192.0.2.7"] : []);
    for (const [trusted, other] of [
      ["2001:db8::1", "2001:db8::2"],
      ["198.51.100.1", "198.51.100.2"],
    ] as const) {
      const clientOf = prepareForwardedClient({
        addresses: [trusted],
        fields: ["x-forwarded-for"],
      });
      expect(clientOf({ peerAddress: trusted, fields })).toEqual({ address: "192.0.2.7" });
      expect(clientOf({ peerAddress: other, fields })).toEqual({ address: other });
      // A Unix domain socket has no IP address.
      expect(clientOf({ peerAddress: "", fields })).toEqual({ address: "" });
    }
  });

  it("ignores X-Forwarded-For if the proxies do not set it", () => {
    const clientOf = prepareForwardedClient({ addresses: [PEER], fields: ["forwarded"] });
    const fields = (name: string) => [name === "forwarded" ? "for=192.0.2.7" : "203.0.113.9"];
    expect(clientOf({ peerAddress: PEER, fields })).toEqual({ address: "192.0.2.7" });
  });

  it("does not hide an error of the function that returns the headers", () => {
    const clientOf = prepareForwardedClient({ addresses: [PEER], fields: ["forwarded"] });
    const fields = () => {
      throw new RangeError("mine");
    };
    expect(() => clientOf({ peerAddress: PEER, fields })).toThrow(new RangeError("mine"));
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
      ["ERR_VERIFIER_OPTION", { addresses: ["10.0.0.1"], fields: ["forwarded", "x-real-ip"] }],
      ["ERR_VERIFIER_OPTION", { addresses: ["10.0.0.1", 1], fields: ["forwarded"] }],
      ["ERR_VERIFIER_OPTION", { addresses: ["10.0.0.1"], fields: [] }],
    ] as const) {
      expect(() => prepareForwardedClient(proxies as never)).toThrow(
        expect.objectContaining({ code }),
      );
    }
  });
});
