// The module chooses how to convert its octets to text when it is loaded.
import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

/** Another instance of the module, loaded while the globals are these. */
async function loadWith(globals: Readonly<Record<string, unknown>>) {
  vi.resetModules();
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  const loaded = await import("../src/percent-encoding.js");
  vi.unstubAllGlobals();
  return loaded;
}

/** RFC 5849 §3.6, with ECMAScript's encoding of all but five characters. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const texts = ["Ladies + Gentlemen", "☃!", "é'".repeat(700), `${"a".repeat(1011)}😀(`];

describe("the conversion of octets to text", () => {
  it("uses Buffer if the platform has it", async () => {
    const latin1Slice = vi.fn(function (this: Uint8Array, start: number, end: number) {
      return Buffer.from(this).toString("latin1", start, end);
    });
    const { percentEncode } = await loadWith({ Buffer: { prototype: { latin1Slice } } });
    for (const text of texts) expect(percentEncode(text)).toBe(encoded(text));
    expect(latin1Slice).toHaveBeenCalled();
  });

  it("uses TextDecoder if the platform has no Buffer", async () => {
    const decode = vi.fn((octets: Uint8Array) => Buffer.from(octets).toString("latin1"));
    class OwnTextDecoder {
      readonly decode = decode;
    }
    const { percentEncode } = await loadWith({ Buffer: undefined, TextDecoder: OwnTextDecoder });
    for (const text of texts) expect(percentEncode(text)).toBe(encoded(text));
    expect(decode).toHaveBeenCalled();
  });

  it("uses ECMAScript alone if the platform has neither", async () => {
    const { percentEncode } = await loadWith({ Buffer: undefined, TextDecoder: undefined });
    for (const text of texts) expect(percentEncode(text)).toBe(encoded(text));
  });

  it("leaves no octet of a text behind", async () => {
    const arrays = new Set<Uint8Array>();
    const latin1Slice = function (this: Uint8Array, start: number, end: number) {
      arrays.add(this);
      return Buffer.from(this).toString("latin1", start, end);
    };
    const { percentEncode } = await loadWith({ Buffer: { prototype: { latin1Slice } } });
    for (const text of texts) {
      expect(percentEncode(text)).toBe(encoded(text));
      expect(() => percentEncode(`${text}\ud800`)).toThrow("lone surrogate");
      for (const octets of arrays) expect(octets.every((octet) => octet === 0)).toBe(true);
    }
  });
});
