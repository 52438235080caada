// The content of events, counters and spans, and what they must not contain.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readFileSync } from "node:fs";
import type { VerificationEvent } from "@oauth1/verifier";
import { tracedVerifier } from "@oauth1/verifier/opentelemetry";
import { trace } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as none from "../src/observability/channel-none.js";
import { client, signed, testVerifier, token } from "./verifying-server.js";

const request = { method: "GET", url: "https://api.example.com/photos" };
const secrets = [client.sharedSecret, token.sharedSecret];

describe("node:diagnostics_channel", () => {
  const events: [string | symbol, VerificationEvent][] = [];
  const listen = (message: unknown, name: string | symbol) => {
    events.push([name, message as VerificationEvent]);
  };
  const channels = ["oauth1:verifier:verified", "oauth1:verifier:rejected"];
  afterEach(() => {
    for (const channel of channels) unsubscribe(channel, listen);
    events.length = 0;
  });

  it("publishes the result of each request", async () => {
    for (const channel of channels) subscribe(channel, listen);
    const verifier = testVerifier();
    const valid = signed(request);
    await verifier.verify(valid);
    await verifier.verify(valid);
    await verifier.verify(request);
    expect(events).toMatchObject([
      [
        channels[0],
        { verification: { verified: true, client: { identifier: client.identifier } } },
      ],
      [
        channels[1],
        { verification: { verified: false, problem: "nonce_used", client: client.identifier } },
      ],
      [
        channels[1],
        { verification: { verified: false, problem: "parameter_absent", client: undefined } },
      ],
    ]);
    for (const [, { milliseconds }] of events) {
      expect(milliseconds).toBeGreaterThanOrEqual(0);
      expect(milliseconds).toBeLessThan(10_000);
    }
    for (const secret of secrets) expect(JSON.stringify(events)).not.toContain(secret);
    expect(verifier.counts).toEqual({
      verified: 1,
      rejected: { nonce_used: 1, parameter_absent: 1 },
    });
  });

  it("publishes nothing without subscribers", async () => {
    await testVerifier().verify(request);
    expect(events).toEqual([]);
  });

  it("is not loaded on other platforms", () => {
    const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    const file = manifest.imports["#diagnostics-channel"].default;
    expect(readFileSync(new URL(`../${file}`, import.meta.url), "utf8")).not.toMatch(
      /\bimport\b|\brequire\b/,
    );
  });

  it("is replaced there by a channel without subscribers, and by console.warn", () => {
    const { hasSubscribers, publish } = none.channel("oauth1:verifier:rejected");
    expect(hasSubscribers).toBe(false);
    expect(publish({})).toBeUndefined();
    const warned = vi.spyOn(console, "warn").mockReturnValue();
    none.warn("a reason");
    expect(warned.mock.calls).toEqual([["a reason"]]);
    warned.mockRestore();
  });
});

describe("the reason why a server cannot verify", () => {
  const warnings: Error[] = [];
  const keep = (warning: Error) => warnings.push(warning);
  afterEach(() => {
    process.off("warning", keep);
    warnings.length = 0;
    vi.useRealTimers();
  });
  const down = { find: () => Promise.reject(new RangeError("no connection")) };
  const turn = () => new Promise((done) => setImmediate(done));

  it("is a warning, at most once a minute", async () => {
    process.on("warning", keep);
    vi.useFakeTimers({ toFake: ["performance"] });
    const verifier = testVerifier({ credentials: down });
    for (const milliseconds of [0, 59_999, 1]) {
      vi.advanceTimersByTime(milliseconds);
      await verifier.verify(signed(request));
    }
    await turn();
    const warning = {
      name: "OAuth1VerifierWarning",
      message: "@oauth1/verifier responds 503: RangeError: no connection",
    };
    expect(warnings).toEqual([expect.objectContaining(warning), expect.objectContaining(warning)]);
  });

  it("is not a warning if something subscribes to the rejections, or if there is none", async () => {
    process.on("warning", keep);
    const listen = () => {};
    subscribe("oauth1:verifier:rejected", listen);
    await testVerifier({ credentials: down }).verify(signed(request));
    unsubscribe("oauth1:verifier:rejected", listen);
    await testVerifier().verify(request);
    await turn();
    expect(warnings).toEqual([]);
  });
});

describe("OpenTelemetry", () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracer = provider.getTracer("test");
  afterEach(() => exporter.reset());

  it("creates one span for each verification", async () => {
    const verifier = tracedVerifier(testVerifier(), tracer);
    const valid = signed(request);
    await verifier.verify(valid);
    await verifier.verify(valid);
    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ name, attributes, status }) => ({ name, attributes, status }))).toEqual([
      {
        name: "oauth1.verify",
        attributes: {
          "oauth1.verified": true,
          "oauth1.client": client.identifier,
          "oauth1.signature_method": "HMAC-SHA1",
          "oauth1.transmission": "header",
        },
        status: { code: 0 },
      },
      {
        name: "oauth1.verify",
        attributes: {
          "oauth1.verified": false,
          "oauth1.problem": "nonce_used",
          "oauth1.status": 401,
          "oauth1.client": client.identifier,
        },
        status: { code: 0 },
      },
    ]);
    for (const secret of secrets)
      expect(JSON.stringify(spans[0]?.attributes)).not.toContain(secret);
    expect(verifier.counts).toEqual({ verified: 1, rejected: { nonce_used: 1 } });
  });

  it("marks an unavailable store as an error, and records the reason", async () => {
    const nonces = { spend: () => Promise.reject(new Error("connection refused")) };
    await tracedVerifier(testVerifier({ nonces }), tracer).verify(signed(request));
    const [span] = exporter.getFinishedSpans();
    expect(span?.status).toEqual({ code: 2, message: "store_unavailable" });
    expect(span?.events[0]?.attributes?.["exception.message"]).toBe("connection refused");
  });

  it("marks a thrown error, and records it if it is an Error", async () => {
    for (const thrown of [new RangeError("mine"), "text"]) {
      const throwing = { ...testVerifier(), verify: () => Promise.reject(thrown) };
      await expect(tracedVerifier(throwing, tracer).verify(request)).rejects.toBe(thrown);
      const [span] = exporter.getFinishedSpans();
      expect(span?.status).toEqual({ code: 2 });
      const messages = span?.events.map(({ attributes }) => attributes?.["exception.message"]);
      expect(messages).toEqual(thrown instanceof Error ? ["mine"] : []);
      exporter.reset();
    }
  });

  it("uses the tracer with the name of the package by default", async () => {
    trace.setGlobalTracerProvider(provider);
    await tracedVerifier(testVerifier()).verify(request);
    trace.disable();
    const [span] = exporter.getFinishedSpans();
    expect(span?.instrumentationScope.name).toBe("@oauth1/verifier");
  });
});
