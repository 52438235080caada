import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("does not keep memory of a long base string", () => {
  const program = `
    import { signHmacSha1 } from ${JSON.stringify(import.meta.resolve("@oauth1/hmac-sha1"))};
    const octets = () => {
      globalThis.gc();
      const { heapUsed, arrayBuffers, external } = process.memoryUsage();
      return heapUsed + arrayBuffers + external;
    };
    signHmacSha1("short", { clientSharedSecret: "cs" });
    const before = octets();
    signHmacSha1("a".repeat(50_000_000), { clientSharedSecret: "cs" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    console.log(octets() - before);
  `;
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const words = ["--expose-gc", "--input-type=module", "--eval", program];
  const output = execFileSync(process.execPath, words, { encoding: "utf8", cwd: folder });
  // A version that kept a buffer of three octets a character failed this.
  expect(Number(output)).toBeLessThan(10_000_000);
});
