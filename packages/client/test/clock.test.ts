// Clock correction with verifying servers whose clocks are wrong: under concurrency, with
// drift, and with responses that report a wrong time.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { signedFetch } from "@oauth1/client";
import { createSigner } from "@oauth1/signer";
import { nodeVerifier } from "@oauth1/verifier/node";
import { afterEach, describe, expect, it, vi } from "vitest";
import { clockCorrection } from "../src/clock-correction.js";
import { client, testVerifier } from "./test-verifier.js";

const signer = createSigner({ client });
const systemClock = () => Math.floor(Date.now() / 1000);

interface SkewedServer {
  readonly origin: string;
  /** The offset of each request that was accepted, in seconds. */
  readonly accepted: number[];
  rejected: number;
}

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
  vi.useRealTimers();
});

/**
 * A server that verifies by its own clock, and reports it by `Date` alone or by the problem's
 * range.
 */
async function skewedServer(
  skew: () => number,
  { tolerance = 30, problems = true, wait = 0 } = {},
): Promise<SkewedServer> {
  const clock = () => systemClock() + skew();
  const verifier = testVerifier({
    clock,
    timestampTolerance: tolerance,
    problemReporting: problems ? "full" : "none",
  });
  const accepted: number[] = [];
  const listener = nodeVerifier(verifier, (_request, response, { parameters }) => {
    const [, timestamp] = parameters.find(([name]) => name === "oauth_timestamp") ?? [];
    accepted.push(Number(timestamp) - systemClock());
    response.end("ok");
  });
  const state = { accepted, rejected: 0 };
  const server = createServer((request, response) => {
    response.setHeader("Date", new Date(clock() * 1000).toUTCString());
    response.on("finish", () => {
      if (response.statusCode !== 200) state.rejected++;
    });
    setTimeout(() => void listener(request, response), wait);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return Object.assign(state, {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
}

describe("concurrent requests", () => {
  it.each([300, -300, 7200, -7200, 80_000])(
    "are all accepted, 50 at once, by a server that is %d s off, with that offset",
    async (skew) => {
      for (const problems of [true, false]) {
        const server = await skewedServer(() => skew, { problems, wait: 20 });
        const fetch = signedFetch(signer, { correctClock: true });
        for (let round = 0; round < 2; round++) {
          const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(server.origin)));
          expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
        }
        // The second round used the correction.
        expect(server.rejected).toBe(50);
        for (const offset of server.accepted)
          expect(Math.abs(offset - skew)).toBeLessThanOrEqual(5);
      }
    },
  );

  it("follow a server whose clock drifts, up and down", async () => {
    let skew = 0;
    const server = await skewedServer(() => skew);
    const fetch = signedFetch(signer, { correctClock: true });
    for (const next of [0, 200, 400, 100, -500, 0, 3600, 0]) {
      skew = next;
      const answers = await Promise.all(Array.from({ length: 10 }, () => fetch(server.origin)));
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
      expect(Math.abs((server.accepted.at(-1) ?? Number.NaN) - skew)).toBeLessThanOrEqual(30);
    }
  });
});

describe("a response that reports a wrong time", () => {
  it.each([
    ["Date of 1970", { date: "Thu, 01 Jan 1970 00:00:00 GMT" }],
    ["a range at 0", { "www-authenticate": range("0-1") }],
    ["a range far away", { "www-authenticate": range("99999999999-99999999999") }],
    ["Date of 2099", { date: "Thu, 01 Jan 2099 00:00:00 GMT" }],
    ["two days off", { date: new Date(Date.now() + 172_800_000).toUTCString() }],
  ])("is ignored: %s", async (_, headers) => {
    const server = await skewedServer(() => 0);
    let lies = 1;
    const fetch = signedFetch(signer, {
      correctClock: true,
      fetch: async (input: string | URL | Request, init?: RequestInit) =>
        lies-- > 0 ? new Response("", { status: 401, headers }) : globalThis.fetch(input, init),
    });
    expect((await fetch(server.origin)).status).toBe(401);
    expect((await fetch(server.origin)).status).toBe(200);
    expect(Math.abs(server.accepted[0] ?? Number.NaN)).toBeLessThanOrEqual(2);
  });

  it("is withdrawn as soon as it does not help, if it is within a day", async () => {
    const server = await skewedServer(() => 0, { problems: false, tolerance: 300 });
    const date = () => new Date(Date.now() - 50_000_000).toUTCString();
    let lies = 2;
    const fetch = signedFetch(signer, {
      correctClock: true,
      fetch: async (input: string | URL | Request, init?: RequestInit) =>
        lies-- > 0
          ? new Response("", { status: 401, headers: { date: date() } })
          : globalThis.fetch(input, init),
    });
    expect((await fetch(server.origin)).status).toBe(401);
    expect((await fetch(server.origin)).status).toBe(200);
    expect(Math.abs(server.accepted[0] ?? Number.NaN)).toBeLessThanOrEqual(2);
  });

  it("is corrected by the next response, even if it seemed to help", async () => {
    const server = await skewedServer(() => 0);
    let lies = 1;
    const fetch = signedFetch(signer, {
      correctClock: true,
      fetch: async (input: string | URL | Request, init?: RequestInit) => {
        if (lies-- <= 0) return globalThis.fetch(input, init);
        return new Response("", {
          status: 401,
          headers: { date: new Date(Date.now() + 50_000_000).toUTCString() },
        });
      },
    });
    // The server's real clock rejects the retry, and thereby the wrong correction.
    expect((await fetch(server.origin)).status).toBe(401);
    for (let index = 0; index < 3; index++) expect((await fetch(server.origin)).status).toBe(200);
  });

  it("can be further off if the caller allows it", async () => {
    const server = await skewedServer(() => 0);
    const in1970 = createSigner({ client, clock: () => 100 });
    const fetch = signedFetch(in1970, {
      correctClock: true,
      maximumClockCorrection: Number.POSITIVE_INFINITY,
    });
    expect((await fetch(server.origin)).status).toBe(200);
    const bounded = signedFetch(in1970, { correctClock: true });
    expect((await bounded(server.origin)).status).toBe(401);
  });
});

it("a correction expires after an hour", () => {
  vi.useFakeTimers({ toFake: ["performance", "Date"], now: 1_900_000_000_000 });
  const correction = clockCorrection();
  const at = Date.now();
  const withdraw = correction.learn(
    "https://a.example",
    { timestamp: 1_900_000_000, offset: 0, at },
    { status: 401, date: new Date(1_900_000_300_000).toUTCString(), problem: "" },
  );
  expect(withdraw).toBeTypeOf("function");
  expect(correction.offset("https://a.example")).toBe(300);
  expect(correction.offset("https://b.example")).toBe(0);
  vi.advanceTimersByTime(3_599_000);
  expect(correction.offset("https://a.example")).toBe(300);
  vi.advanceTimersByTime(2_000);
  expect(correction.offset("https://a.example")).toBe(0);
});

function range(acceptable: string): string {
  return `OAuth oauth_problem="timestamp_refused", oauth_acceptable_timestamps="${acceptable}"`;
}
