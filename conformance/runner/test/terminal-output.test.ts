// The output of other programs must never control the terminal of a command's user.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { commandImplementation, formatReport, runCandidates } from "@oauth1/conformance";
import { describe, expect, it } from "vitest";
import { progressLine } from "../dist/command/progress-line.js";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const bin = path("../bin/oauth1-conformance.js");
const hostile = path("children/hostile.mjs");
const env = {
  ...process.env,
  OAUTH1_CLIENT_IDENTIFIER: "client",
  OAUTH1_CLIENT_SHARED_SECRET: "client secret",
};

/** Text that could control a terminal, except line feed, tab and our own colours. */
const ACTING = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const COLOURS = /\u001b\[(?:0|1|2|31|32|33)m/g;

/** Expects that the output is UTF-8 without such text. */
function expectQuiet(output: Uint8Array | string): void {
  const octets = Buffer.from(output);
  const text = new TextDecoder("utf-8", { fatal: true }).decode(octets);
  expect(ACTING.exec(text.replace(COLOURS, ""))).toBeNull();
}

function run(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...args], {
    env,
    maxBuffer: 2 ** 28,
  });
  expectQuiet(stdout);
  expectQuiet(stderr);
  return { status, stdout: String(stdout), stderr: String(stderr) };
}

describe("run", () => {
  const common = ["--topic", "percent-encoding", "--topic", "sign", "--cases", "3", "--seed", "7"];
  for (const mode of ["answers", "errors", "unsupported", "crash", "noise", "missing"]) {
    // A crash starts another process for each request.
    const few = mode === "crash" ? ["--bail"] : [];
    const child = [...few, "--", process.execPath, hostile, mode];
    it.each([[[]], [["--json"]]])(`escapes controls of a child that sends ${mode}, %j`, (more) => {
      const { status, stdout } = run("run", ...common, ...more, ...child);
      if (mode === "noise" || mode === "missing") return;
      expect(status).toBe(mode === "unsupported" ? 0 : 1);
      if (more.includes("--json")) {
        const [found] = JSON.parse(stdout).implementations;
        // Escaped as in JSON, so that the whole text is present.
        expect(found.name).toContain("x\ud800\u001b]0;title\u0007");
      } else {
        expect(stdout).toContain("x\\u{d800}\\u{1b}]0;title\\u{7}");
        // It must not end a line to forge the next one.
        expect(stdout.match(/^Nothing failed\. Seed/gm) ?? []).toHaveLength(
          mode === "unsupported" ? 1 : 0,
        );
      }
    });
  }

  it("escapes controls in --record and in its own arguments", () => {
    run("run", "--record", ...common, "--", process.execPath, hostile, "answers");
    for (const wrong of [
      ["--topic", "\u001b[2J"],
      ["--implementation", "\u001b[2J\u202e"],
      ["--report", "\u001b[2J"],
      ["--report", "/\u001b[2J/a.json", "--topic", "hmac-sha1", "--implementation", "oauth1"],
      ["--seed", "\u001b[2J"],
      ["--\u001b[2J"],
      ["--", "/no/\u001b[2J"],
      ["--", "/no/such/\u202eprogram"],
    ]) {
      const { stdout, stderr } = run("run", ...wrong);
      expect(stdout + stderr).toMatch(/\\u\{1b\}|\\u\{202e\}/);
    }
  });

  it("escapes controls in colours, on the progress line and in the names of missing programs", async () => {
    const candidates = ["answers", "errors", "missing", "crash"].map((mode) => ({
      name: `${mode}\u001b[2J\n`,
      cases: 2,
      open: () => commandImplementation(process.execPath, [hostile, mode], { restarts: 5 }),
    }));
    const written: string[] = [];
    const line = progressLine(
      { isTTY: true, columns: 10_000, write: (text) => written.push(text) },
      candidates.length,
    );
    const topics = ["percent-encoding", "sign", "request-verification"];
    const report = await runCandidates(candidates, {
      topics,
      onProgress: line.show,
      onEnd: line.end,
    });
    const text = formatReport(report, { color: true, requireAll: true });
    expectQuiet(text);
    expect(text).toMatch(/is missing: .*\\u\{1b\}/);
    expect(text).toMatch(/was given up: /);
    expect(text.match(/^(?:\u001b\[\d+m)?Nothing failed/gm)).toBeNull();
    expect(written.length).toBeGreaterThan(0);
    for (const shown of written) expectQuiet(shown.replace("\r\u001b[K", ""));
  });
});

describe("serve", () => {
  it("escapes controls of clients in its output and in its answers", async () => {
    const server: ChildProcess = spawn(process.execPath, [bin, "serve", "--port", "0"]);
    const printed: Buffer[] = [];
    const said = () => Buffer.concat(printed);
    server.stdout?.on("data", (chunk) => printed.push(chunk));
    server.stderr?.on("data", (chunk) => printed.push(chunk));
    try {
      const origin = await expect
        .poll(() => /http:\/\/127\.0\.0\.1:(\d+)/.exec(String(said()))?.[1])
        .toBeTruthy()
        .then(() => Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(String(said()))?.[1]));
      const values = [
        "%1B%5D0;title%07%1B%5B2J%0A%0DValid",
        "%C2%9B31m%7F%E2%80%AE%E2%81%A6",
        "\x9b31m\x85\u00ff",
        "a\tb\\u{1b}",
      ];
      const requests = values.flatMap((value) => {
        const header = [
          "consumer_key",
          "token",
          "signature_method",
          "timestamp",
          "nonce",
          "version",
          "signature",
          "x",
        ]
          .map((name) => `oauth_${name}="${value}"`)
          .join(", ");
        const form = header.replaceAll('"', "").replaceAll(", ", "&");
        return ["", "Accept: application/json\r\n"].flatMap((accept) => [
          `GET /${value.replaceAll(/[\t\\]/g, "")}?${encodeURI(form).slice(0, 50)} HTTP/1.1\r\nHost: a${value}\r\n${accept}Authorization: OAuth ${header}, ${value}\r\n\r\n`,
          `POST /?${value.replaceAll("\t", "")} HTTP/1.1\r\nHost: a\r\n${accept}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}`,
          `G\x1b /\x1b[2J HTTP/1.1\r\n${value}\r\n\r\n`,
        ]);
      });
      const answers: string[] = [];
      for (const request of requests) {
        const socket = connect(origin, "127.0.0.1");
        socket.on("error", () => {});
        socket.end(Buffer.from(request, "latin1"));
        let answer = Buffer.alloc(0);
        socket.on("data", (chunk) => {
          answer = Buffer.concat([answer, chunk]);
        });
        await once(socket, "close");
        const [, ...body] = String(answer).split("\r\n\r\n");
        answers.push(body.join("\r\n\r\n"));
      }
      for (const answer of answers) expectQuiet(answer.replaceAll("\r\n", "\n"));
      expectQuiet(said());
      for (const text of [answers.join(), String(said())]) {
        expect(text).toContain("\\u001b]0;title\\u0007");
        expect(text).toContain("\\u{9b}31m");
      }
      // No client can forge a line.
      expect(String(said())).not.toMatch(/^\s*Valid/m);
    } finally {
      server.kill();
    }
  });

  it("escapes controls in its own arguments", () => {
    for (const wrong of [["--host", "\u001b[2J"], ["--port", "\u001b[2J"], ["--\u009b2J"]]) {
      expect(run("serve", ...wrong)).toMatchObject({ status: 2 });
    }
  });
});

describe("probe", () => {
  async function probed(url: string, ...more: string[]) {
    const child = spawn(process.execPath, [bin, "probe", ...more, url], { env });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    await once(child, "close");
    expectQuiet(Buffer.concat(chunks));
    return Buffer.concat(chunks).toString();
  }

  it.each([
    [
      "in header fields and the status line",
      `HTTP/1.1 401 \x9b31m\x1b[2J\r\nWWW-Authenticate: \x9b2J\x85\r\nContent-Length: 0\r\n\r\n`,
    ],
    [
      "where HTTP has no place for them",
      "HTTP/1.1 401 a\r\n\x1b[2J: b\r\nContent-Length: 0\r\n\r\n",
    ],
    ["in the body", `HTTP/1.1 401 a\r\nContent-Length: 8\r\n\r\n\x1b[2J\x9b2J\x07`],
    ["in no HTTP at all", "\x1b[2J\x07\r\n\r\n"],
  ])("escapes controls %s", async (_where, answer) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(Buffer.from(answer, "latin1")));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    try {
      await probed(url);
      await probed(url, "--json");
    } finally {
      server.close();
    }
  });

  it("escapes controls in its own arguments", async () => {
    const server = createHttpServer((_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    try {
      await probed(`${url}\u001b[2J`);
      await probed("\u202e");
      await probed(url, "--method", "\u001b[2J");
      await probed(url, "--signature-method", "\u001b[2J");
      await probed(url, "--timeout", "\u001b[2J");
      await probed(url, "--report", "/no/\u001b[2J");
      await probed(url, "--\u001b[2J");
      await probed(url, "--client-identifier", "\u001b[2J\u202e");
    } finally {
      server.close();
    }
  });
});
