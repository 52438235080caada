// verifier.receive(): requests as plain data, even if a proxy changed their URL.
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { type NodeRequest, VerifierError } from "@oauth1/verifier";
import { describe, expect, it } from "vitest";
import { createListeningServer, octets, readAll, testVerifier } from "./verifying-server.js";

const FORM = "application/x-www-form-urlencoded";

describe("receive", () => {
  it("returns the URL that the client called, the headers and the body of a Node request", async () => {
    const verifier = testVerifier({
      publicOrigin: "https://api.example.com",
      publicPath: "/prod",
    });
    const received: unknown[] = [];
    const { origin, close } = await createListeningServer(async (request, response) => {
      received.push(await verifier.receive(request));
      // A second time, because the first call put the body back.
      received.push(await verifier.receive(request));
      response.end(await readAll(request));
    });
    const response = await fetch(`${origin}/photos?a=%7E&b`, {
      method: "POST",
      headers: { "content-type": FORM, authorization: "OAuth a", "x-other": "1" },
      body: "c=1",
    });
    expect(await response.text()).toBe("c=1");
    await close();
    const expected = {
      method: "POST",
      url: "https://api.example.com/prod/photos?a=%7E&b",
      headers: [
        ["authorization", "OAuth a"],
        ["content-type", FORM],
        ["host", new URL(origin).host],
      ],
      body: Buffer.from("c=1"),
    };
    expect(received).toEqual([expected, expected]);
  });

  it("returns web requests and plain data", async () => {
    const { receive } = testVerifier();
    const url = "https://api.example.com/photos";
    const request = new Request(url, { method: "PUT", body: "a" });
    expect(await receive(request)).toMatchObject({ method: "PUT", url, body: octets("a") });
    expect(await request.text()).toBe("a");
    expect(await receive({ method: "GET", url })).toEqual({
      method: "GET",
      url,
      headers: [],
      body: new Uint8Array(),
    });
  });

  it("returns the headers of plain data, whatever their form", async () => {
    const { receive } = testVerifier();
    const list = [
      ["host", "a.example"],
      ["x-forwarded-host", "b.example"],
      ["x-forwarded-host", "c.example"],
    ] as const;
    const object = {
      Host: "a.example",
      "X-Forwarded-Host": ["b.example", "c.example"],
      "Content-Encoding": undefined,
    };
    const others = new Headers({ host: "a.example", "x-forwarded-host": "b.example" });
    const url = "https://api.example.com/";
    expect(await receive({ method: "GET", url, headers: list })).toMatchObject({ headers: list });
    expect(await receive({ method: "GET", url, headers: object })).toMatchObject({ headers: list });
    expect(await receive({ method: "GET", url, headers: others })).toMatchObject({
      headers: list.slice(0, 2),
    });
  });

  it("returns undefined for a request that is malformed or exceeds the limits", async () => {
    const { receive } = testVerifier({ limits: { body: 2 } });
    expect(await receive({ method: "GET", url: "https://a b/" })).toBeUndefined();
    const url = "https://api.example.com/";
    expect(await receive({ method: "POST", url, body: "abc" })).toBeUndefined();
    expect(await receive({ method: "POST", url, body: "ab" })).toMatchObject({ url });
  });

  // Some platforms make a request from an event, and leave rawHeaders empty.
  const imitation = (properties: object) => {
    const stream = Readable.from([], { objectMode: false });
    const request = { method: "GET", url: "/", httpVersionMajor: 1, socket: {}, ...properties };
    return Object.assign(stream, request) as unknown as NodeRequest;
  };

  it("reads the headers of a request without rawHeaders", async () => {
    const headers = {
      host: "a.example",
      authorization: undefined,
      "x-forwarded-host": ["b.example", "c.example"],
      // There was no connection, so that both say nothing about the end of the body.
      "content-length": 9,
      "transfer-encoding": "chunked",
    };
    expect(await testVerifier().receive(imitation({ rawHeaders: [], headers }))).toMatchObject({
      url: "http://a.example/",
      headers: [
        ["host", "a.example"],
        ["x-forwarded-host", "b.example"],
        ["x-forwarded-host", "c.example"],
      ],
    });
  });

  it.each([
    ["Content-Length", "9x"],
    ["Content-Length", "x9"],
    ["Transfer-Encoding", "gzip, chunked"],
  ])("returns undefined for %s: %s", async (name, value) => {
    const request = imitation({ rawHeaders: ["Host", "a.example", name, value], headers: {} });
    expect(await testVerifier().receive(request)).toBeUndefined();
  });

  it.each([
    [["A.example", "a.EXAMPLE"], "http://A.example/"],
    [["a.example", "a.example", "b.example"], undefined],
    [["a.example", "b.example"], undefined],
  ])("compares :authority and Host of HTTP/2: %j", async ([authority, ...hosts], url) => {
    const rawHeaders = [":authority", authority, ...hosts.flatMap((host) => ["host", host])];
    const request = imitation({ rawHeaders, headers: {}, httpVersionMajor: 2 });
    expect((await testVerifier().receive(request))?.url).toBe(url);
  });

  const READ =
    "the body was read before the request was verified: mount body parsers after the verifier, or keep the bytes in request.rawBody";

  it.each<[what: string, change: (request: IncomingMessage, again: () => unknown) => unknown]>([
    ["was read", (request) => readAll(request)],
    ["was read in part", (request) => once(request, "readable").then(() => request.read(1))],
    ["is decoded", (request) => request.setEncoding("utf8")],
    ["was read after it was verified", (_request, verify) => verify()],
  ])("rejects with ERR_BODY_READ a Node request whose body %s", async (what, change) => {
    const verifier = testVerifier();
    const errors: unknown[] = [];
    const { origin, close } = await createListeningServer(async (request, response) => {
      await change(request, () => verifier.receive(request));
      if (what.endsWith("verified")) await readAll(request);
      await verifier.receive(request).catch((error) => errors.push(error));
      response.end();
    });
    await fetch(origin, { method: "POST", body: "a=1" });
    await close();
    expect(errors).toEqual([expect.objectContaining({ code: "ERR_BODY_READ", message: READ })]);
  });

  it("rejects with ERR_BODY_READ if something else has read the body", async () => {
    const request = new Request("https://api.example.com/", { method: "POST", body: "a" });
    await request.text();
    const error = await testVerifier()
      .receive(request)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VerifierError);
    expect(error).toMatchObject({
      code: "ERR_BODY_READ",
      message: "the body was read before the request was verified: verify the request first",
    });
  });
});
