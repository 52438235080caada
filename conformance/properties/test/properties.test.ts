import { createHmac } from "node:crypto";
import {
  type Implementation,
  type Property,
  PropertyViolation,
  ProtocolError,
  properties,
  Unsupported,
} from "@oauth1/properties";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const about = { name: "test", version: "1", language: "TypeScript" };

function byId(id: string): Property {
  const found = properties.find((property) => property.id === id);
  if (found === undefined) throw new Error(`no property ${id}`);
  return found;
}

describe("properties", () => {
  it("have unique ids that begin with their topic", () => {
    expect(new Set(properties.map(({ id }) => id)).size).toBe(properties.length);
    for (const { id, topic } of properties) expect(id.startsWith(`${topic}/`)).toBe(true);
  });

  it("cite a section and name the steps they need", () => {
    for (const { section, needs, statement } of properties) {
      expect(section).toMatch(/^§|RFC|Request Body Hash/);
      expect(needs.length).toBeGreaterThan(0);
      expect(statement).toMatch(/\.$/);
    }
  });
});

describe("over()", () => {
  const hmac = byId("hmac-sha1/by-node-crypto");
  const encode = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const signature =
    (key: (text: string) => string): NonNullable<Implementation["signature"]> =>
    ({ baseString, clientSharedSecret, tokenSharedSecret }) =>
      createHmac("sha1", `${key(clientSharedSecret)}&${key(tokenSharedSecret)}`)
        .update(baseString)
        .digest("base64");

  it("holds for the platform's HMAC", async () => {
    const details = await fc.check(hmac.over({ ...about, signature: signature(encode) }));
    expect(details.failed, fc.defaultReportMessage(details)).toBe(false);
    expect(details.numRuns).toBe(100);
  });

  it("fails with a small counterexample for a key that is not encoded", async () => {
    const plain = signature((text) => text);
    const details = await fc.check(hmac.over({ ...about, signature: plain }), { numRuns: 1000 });
    expect(details.errorInstance).toBeInstanceOf(PropertyViolation);
    expect(JSON.stringify(details.counterexample).length).toBeLessThan(200);
  });

  it("skips cases that the implementation does not support, and stops after 500", async () => {
    let asked = 0;
    const none: Implementation["signature"] = () => {
      asked++;
      throw new Unsupported("nothing");
    };
    const details = await fc.check(hmac.over({ ...about, signature: none }), {
      numRuns: 100,
      maxSkipsPerRun: 10,
    });
    expect(details.failed).toBe(true);
    expect(details.counterexample).toBeNull();
    expect(asked).toBe(500);
  });

  it("finds the counterexample of an implementation that supports few cases", async () => {
    let asked = 0;
    const few: Implementation["signature"] = () => {
      asked++;
      if (asked < 200) throw new Unsupported("only some");
      return "wrong";
    };
    const details = await fc.check(hmac.over({ ...about, signature: few }), {
      numRuns: 100,
      maxSkipsPerRun: 10,
    });
    expect(details.counterexample).not.toBeNull();
  });

  it.each(["sign/by-parts", "sign/signature-methods"])(
    "%s does not ask for a transmission or a signature method that the implementation does not support",
    async (id) => {
      const asked = new Set<string>();
      const details = await fc.check(
        byId(id).over({
          ...about,
          transmissions: ["header"],
          signatureMethods: ["HMAC-SHA1", "HMAC-SHA256"],
          sign({ transmission, signatureMethod }) {
            asked.add(`${signatureMethod} ${transmission}`);
            throw new Unsupported("nothing");
          },
        }),
        { numRuns: 30, maxSkipsPerRun: 1 },
      );
      expect(details.numSkips).toBeGreaterThan(30);
      expect([...asked]).toEqual([
        id === "sign/by-parts" ? "HMAC-SHA1 header" : "HMAC-SHA256 header",
      ]);
    },
  );

  it("does not shrink a counterexample that makes the process time out", async () => {
    let asked = 0;
    const silent: Implementation["signature"] = () => {
      asked++;
      throw new ProtocolError("ERR_TIMEOUT", "no answer");
    };
    const details = await fc.check(hmac.over({ ...about, signature: silent }));
    expect(details.errorInstance).toBeInstanceOf(ProtocolError);
    expect(asked).toBe(1);
  });
});
