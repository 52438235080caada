import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadVectors } from "@oauth1/conformance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { vectorsPage } from "../src/pages/vectors-page.js";

const files = loadVectors();

describe("docs/vectors.md", () => {
  it("is up to date; to write it, run npx pnpm --filter @oauth1/conformance vectors-page", () => {
    const page = readFileSync(new URL("../../../docs/vectors.md", import.meta.url), "utf8");
    expect(page).toBe(vectorsPage(files));
  });
});

describe("the vectors without the runner", () => {
  const folder = mkdtempSync(join(tmpdir(), "oauth1-vectors-"));
  const readme = readFileSync(new URL("../../vectors/README.md", import.meta.url), "utf8");
  const [runner = "", signer = ""] = [...readme.matchAll(/^```python\n(.*?)^```$/gms)].map(
    ([, code]) => code ?? "",
  );
  beforeAll(() => {
    const vectors = fileURLToPath(new URL("../../vectors", import.meta.url));
    cpSync(vectors, folder, { recursive: true });
    writeFileSync(join(folder, "run_vectors.py"), runner);
    writeFileSync(join(folder, "my_signer.py"), signer);
    writeFileSync(join(folder, "broken.py"), signer.replace('safe="-._~"', 'safe="/"'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (module: string) =>
    spawnSync("python3", ["run_vectors.py", "hmac-sha1.json", module, "hmac_sha1"], {
      cwd: folder,
      encoding: "utf8",
    });

  it("run with the README's script of at most 40 lines", () => {
    expect(runner.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
    const { stdout, stderr, status } = run("my_signer");
    expect(`${stdout}${stderr}`).toMatch(/^(\d+) of \1 passed$/m);
    expect(status).toBe(0);
  });

  it("show the mistakes of a broken signer", () => {
    const { stdout, status } = run("broken");
    expect(stdout).toMatch(/^hmac-sha1\/\S+ §3\.4\.2 .*SecretNotEncoded/m);
    expect(status).toBe(1);
  });
});
