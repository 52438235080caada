import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { bin, oauth1 } from "./run-oauth1.js";

const run = ["conformance", "run", "--seed", "7", "--topic", "percent-encoding"];
const ours = ["oauth1", "vendored-encoder", "signer"].flatMap((name) => ["--implementation", name]);

describe("oauth1 conformance run", () => {
  it("prints one table with a column for each implementation", async () => {
    const { code, stdout, stderr } = await oauth1([...run, ...ours]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^passed.* oauth1 \d\S+ \(TypeScript\) +vendored-encoder \d\S+ \(JavaScript\) +oauth1 signer \d\S+ \(TypeScript\)$/m,
    );
    expect(stdout.match(/^percent-encoding /gm)).toHaveLength(1);
    expect(stdout).toMatch(/^random cases for each property +1000 +1000 +100$/m);
    expect(stdout).toMatch(/^Nothing failed\. Seed 7\.$/m);
  });

  it("prints one report as JSON with the given number of cases", async () => {
    const { stdout } = await oauth1([...run, ...ours, "--cases", "9", "--json"]);
    const report = JSON.parse(stdout);
    expect(report.seed).toBe(7);
    expect(
      report.implementations.map(({ name, cases }: { name: string; cases: number }) => [
        name,
        cases,
      ]),
    ).toEqual([
      ["oauth1", 9],
      ["vendored-encoder", 9],
      ["oauth1 signer", 9],
    ]);
  });

  it("tests a command, and ends with exit code 1 if something fails", async () => {
    const good = await oauth1([...run, "--", process.execPath, bin, "signer"]);
    expect(good.code).toBe(0);
    expect(good.stdout).toContain("oauth1 signer");
    // Answers every request with its own text.
    const echo = `for await (const line of require("node:readline").createInterface(process.stdin)) {
      const { id, command, text } = JSON.parse(line);
      if (command === "stop") process.exit();
      const description = { name: "echo", version: "1", language: "JavaScript", commands: ["percent-encode"] };
      console.log(JSON.stringify(command === "describe" ? { id, ...description } : { id, result: text }));
    }`;
    const bad = await oauth1([...run, "--", process.execPath, "-e", `(async()=>{${echo}})()`]);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(
      /^Your mistakes\n +\d+ {2}EncodedOnce {2}Your encoder returns text as it is\. \(RFC 5849 §3\.6\)$/m,
    );
  });

  it.each([
    ["does not start", ["no-such-program"]],
    ["ends at once", [process.execPath, "no-such-file.js"]],
    ["answers something else", [process.execPath, "-p", "1"]],
  ])("ends with exit code 2 and one line that names a command that %s", async (_, command) => {
    const { code, stderr } = await oauth1([...run, "--", ...command]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^oauth1: [^\n]+ does not speak the conformance protocol: [^\n]+\n$/);
    expect(stderr).toContain(command[0]);
  });
});

describe("oauth1 conformance serve", () => {
  it("accepts what oauth1 sign signs with the same variables", async () => {
    const env = {
      OAUTH1_CLIENT_IDENTIFIER: "a client",
      OAUTH1_CLIENT_SHARED_SECRET: "its secret",
      OAUTH1_TOKEN_IDENTIFIER: "a token",
      OAUTH1_TOKEN_SHARED_SECRET: "another secret",
    };
    const args = [bin, "conformance", "serve", "--port", "0", "--json"];
    const server = spawn(process.execPath, args, {
      env: { PATH: process.env["PATH"], ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const closed = once(server, "close");
    try {
      const [line] = await once(createInterface({ input: server.stdout }), "line");
      const { origin } = JSON.parse(line);
      const { stdout } = await oauth1(["sign", "--json", `${origin}/a?b=c%20d`], { env });
      const { method, url, headers } = JSON.parse(stdout);
      const response = await fetch(url, { method, headers });
      expect([response.status, await response.text()]).toEqual([
        200,
        expect.stringContaining("Valid"),
      ]);
    } finally {
      server.kill();
    }
    expect(await closed).toEqual([0, null]);
  });

  it("says in one line which private key it cannot use", async () => {
    const args = ["conformance", "serve", "--port", "0", "--key", "/no/such.pem"];
    const { code, stdout, stderr } = await oauth1(args);
    expect([code, stdout, stderr]).toEqual([
      2,
      "",
      "oauth1: --key /no/such.pem: cannot be read: ENOENT\n",
    ]);
  });
});
