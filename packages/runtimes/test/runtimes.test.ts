import { createPrivateKey, generateKeyPairSync, randomInt, verify as verifyRsa } from "node:crypto";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { output } from "../dist/run-in-process.js";
import { makeData, runInRuntime, totalsOf } from "../dist/run-in-runtime.js";
import { runtimes } from "../dist/runtimes.js";
import type { UnbundledReport } from "../dist/unbundled.js";
import { isLeftOut } from "./left-out.js";

const seed = Number(process.env["OAUTH1_SEED"] ?? randomInt(2 ** 31));
console.log(`OAUTH1_SEED=${seed}`);

/** Random cases for each property. `npm run runtimes` runs more. */
const CASES = 200;

const data = makeData();
const totals = totalsOf(data);

for (const runtime of runtimes) {
  describe.skipIf(isLeftOut(runtime))(runtime.name, () => {
    it("every runtime passes every vector and property, and signs and verifies with every method", async () => {
      const report = await runInRuntime(runtime, data, { seed, cases: CASES });
      expect(report.failures).toEqual([]);
      expect({
        vectors: report.vectors.passed,
        properties: report.properties.passed,
        methods: report.methods.passed,
      }).toEqual(totals);
      expect(report.platformFiles).toEqual([runtime.platformFile]);
      const { name, version, hasNodeGlobals } = report.runtime;
      // workerd and Chromium must run without Node.
      expect(hasNodeGlobals).toBe(runtime.hasNodeModules);
      expect(`${name} ${version}`.startsWith(runtime.name)).toBe(true);
      expect(version).toMatch(/^\d+[.-]\d+/);
    });

    it("every runtime reports a wrong vector and a wrong signature", async () => {
      const report = await runInRuntime(runtime, spoiled(), { seed, cases: 1 });
      const ids = report.failures.map(({ id }) => id);
      const methods = data.signedRequests.map(({ id }) => id);
      expect(ids).toEqual([firstVector().id, ...methods]);
    });

    if (runtime.unbundled === undefined) return;
    const { unbundled } = runtime;
    it("every runtime that can import packages by name signs without a bundler", async () => {
      const passphrase = "a passphrase: ☃ & %";
      const keys = generateKeyPairSync("rsa", {
        modulusLength: 2048,
        publicKeyEncoding: { type: "spki", format: "pem" },
        privateKeyEncoding: { type: "pkcs8", format: "pem" },
      });
      const privateKey = createPrivateKey(keys.privateKey).export({
        type: "pkcs8",
        format: "pem",
        cipher: "aes-256-cbc",
        passphrase,
      });
      const script = fileURLToPath(new URL("../dist/unbundled.js", import.meta.url));
      const { publicKey } = keys;
      const stdout = await output(
        runtime.program,
        [...unbundled, script, JSON.stringify({ privateKey, passphrase, publicKey })],
        fileURLToPath(new URL("..", import.meta.url)),
      );
      const report: UnbundledReport = JSON.parse(stdout);
      expect(`${report.runtime.name} ${report.runtime.version}`).toMatch(runtime.name);
      expect(report.platformFile).toBe(runtime.platformFile);
      // RFC 5849 §1.2.
      expect(report.signature).toBe("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
      const { baseString, signature, verdict } = report.rsa;
      expect(verdict).toBe(true);
      const octets = Buffer.from(signature, "base64");
      expect(verifyRsa("sha256", Buffer.from(baseString), publicKey, octets)).toBe(true);
    });
  });
}

function firstVector() {
  const vector = data.vectors[0]?.vectors.find(({ result }) => result === "valid");
  if (vector === undefined) throw new Error("no vectors");
  return vector;
}

/** The data with a wrong expectation in one vector and in every signed request. */
function spoiled(): typeof data {
  const { id } = firstVector();
  return {
    vectors: data.vectors.map((file) => ({
      ...file,
      vectors: file.vectors.map((vector) =>
        vector.id === id && vector.result === "valid" ? { ...vector, expected: "wrong" } : vector,
      ),
    })),
    signedRequests: data.signedRequests.map((request) => ({
      ...request,
      signature: `${request.signature}x`,
    })),
  };
}
