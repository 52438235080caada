// The conformance suite, its properties and the vectors.
import assert from "node:assert/strict";
import { createHmac, createPublicKey } from "node:crypto";
import {
  baseString,
  client,
  request,
  secrets,
  signature,
  signerOptions,
  token,
} from "./rfc-example.mjs";

const mine = {
  name: "mine",
  version: "1.0.0",
  language: "JavaScript",
  percentEncode: (input) => encodeURIComponent(String(input)),
};

export const suite = {
  "@oauth1/conformance": async ({ hasFailed, runConformance }) => {
    const report = await runConformance([mine], { topics: ["percent-encoding"], cases: 5 });
    // encodeURIComponent does not encode ! * ' ( ).
    assert.equal(hasFailed(report), true);
  },
  "@oauth1/conformance/command": ({ conformanceCommand }) => {
    assert.match(conformanceCommand().helpInformation(), /\bprobe\b/);
  },
  "@oauth1/properties": async ({ properties }) => {
    const { default: fc } = await import("fast-check");
    const own = properties.filter(({ topic }) => topic === "percent-encoding");
    const runs = await Promise.all(own.map((property) => fc.check(property.over(mine))));
    assert.ok(runs.some(({ failed }) => failed));
  },
  "@oauth1/properties/references": ({ PRIVATE_KEY, PUBLIC_KEY, encode, signatureOf }) => {
    assert.equal(encode("a b"), "a%20b");
    assert.equal(signatureOf(baseString, "HMAC-SHA1", secrets), signature);
    const own = createPublicKey(PRIVATE_KEY).export({ type: "spki", format: "pem" });
    assert.equal(own.trim(), PUBLIC_KEY.trim());
  },
  "@oauth1/properties/signed-request": ({ carried }) => {
    const { realm, parameters } = carried(
      { signature, authorization: 'OAuth realm="Photos", oauth_nonce="chapoH"' },
      { ...request, ...signerOptions, client, token, transmission: "header" },
    );
    assert.deepEqual([realm, parameters], ["Photos", [["oauth_nonce", "chapoH"]]]);
  },
  "@oauth1/vectors/*.json": (files) => {
    const { vectors } = files["hmac-sha1"];
    for (const { input, result, expected } of vectors) {
      if (result !== "valid") continue;
      const key = [input.clientSharedSecret, input.tokenSharedSecret].map(encoded).join("&");
      const made = createHmac("sha1", key).update(input.baseString).digest("base64");
      assert.equal(made, expected);
    }
    assert.ok(files["requirements/1.0"].vectors.length > 100);
    assert.equal(files["schema/vectors.schema"].type, "object");
  },
};

/** RFC 5849 §3.6. */
function encoded(text) {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
