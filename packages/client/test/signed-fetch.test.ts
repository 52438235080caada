// What signedFetch sends with Node's fetch, verified by oauthlib.
import { generateKeyPairSync } from "node:crypto";
import { ClientError, type Outcome, signedFetch } from "@oauth1/client";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { createSigner, SignerError } from "@oauth1/signer";
import { beforeEach, describe, expect, it } from "vitest";
import {
  bodyOf,
  credentials,
  type Echo,
  field,
  hasOauthlib,
  verifyingServer,
} from "./verifying-server.js";

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const server = verifyingServer(keys.publicKey);
const elsewhere = verifyingServer();
beforeEach(({ skip }) => skip(!hasOauthlib));

const signer = createSigner(credentials);
const fetch = signedFetch(signer);
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

/** Sends a request, and expects that it was verified. */
async function verified(...[path, init]: [path: string, init?: RequestInit]): Promise<Echo> {
  return verifiedBy(await fetch(`${server.origin}${path}`, init));
}

async function verifiedBy(response: Response): Promise<Echo> {
  const echo = (await response.json()) as Echo;
  expect(echo).toMatchObject({ verified: true });
  return echo;
}

/** Returns the code of an error. Errors of the signer itself pass through. */
function rejected(code: string) {
  const kind = SIGNER_CODES.has(code) ? SignerError : ClientError;
  return expect.objectContaining({ constructor: kind, code });
}

const SIGNER_CODES: ReadonlySet<string> = new Set([
  "ERR_AUTHORIZATION_PRESENT",
  "ERR_BODY_HASH",
  "ERR_BODY_NOT_FORM",
  "ERR_FORM_BODY",
  "ERR_PARAMETER_COLLISION",
]);

function streamOf(text: string): ReadableStream {
  return new Blob([text]).stream();
}

describe("the arguments of fetch", () => {
  it("can be a string, a URL or a Request, signed as the platform serializes them", async () => {
    const spelled = `${server.origin.replace("http", "HTTP")}/a/./b/../%7e c;v=1/☃?q=a+b%20c d&'é'=|[]#top`;
    for (const input of [spelled, new URL(spelled), new Request(spelled)]) {
      const { target } = await verifiedBy(await fetch(input));
      expect(target).toBe("/a/%7e%20c;v=1/%E2%98%83?q=a+b%20c%20d&%27%C3%A9%27=|[]");
    }
  });

  it("can have a second slash at the start of the path, an empty query, and methods in any case", async () => {
    expect(await verified("//photos")).toMatchObject({ target: "//photos" });
    expect(await verified("/photos?")).toMatchObject({ method: "GET" });
    expect(await verified("/", { method: "delete" })).toMatchObject({ method: "DELETE" });
    expect(await verified("/", { method: "PROPFIND" })).toMatchObject({ method: "PROPFIND" });
  });

  it("can be a Request with init, and a Request as init", async () => {
    const request = new Request(`${server.origin}/?a=1`, {
      method: "PUT",
      headers: { "X-A": "1" },
    });
    const echo = await verifiedBy(await fetch(request, { headers: { "X-B": "2" }, body: "text" }));
    expect([echo.method, field(echo, "x-a"), field(echo, "x-b")]).toEqual(["PUT", undefined, "2"]);
    expect(bodyOf(echo)).toBe("text");
    const other = await verifiedBy(await fetch(`${server.origin}/`, request));
    expect([other.method, field(other, "x-a")]).toEqual(["PUT", "1"]);
  });

  it("are rejected if they are not a request that can be sent", async () => {
    const sent = fetch("/relative");
    await expect(sent).rejects.toThrow(rejected("ERR_URL"));
    await expect(fetch("data:,a")).rejects.toThrow(rejected("ERR_URL"));
    await expect(fetch(`${server.origin}/?a=%zz`)).rejects.toThrow(rejected("ERR_ENCODING"));
    await expect(fetch(`${server.origin}/?oauth_nonce=a`)).rejects.toThrow(
      rejected("ERR_PARAMETER_COLLISION"),
    );
    await expect(fetch(server.origin, { headers: { Host: "other" } })).rejects.toThrow(
      rejected("ERR_HOST"),
    );
  });
});

describe("the caller's own Authorization", () => {
  it("is rejected, not overwritten, as is a user name in the URL", async () => {
    for (const headers of [{ authorization: "Bearer x" }, [["AUTHORIZATION", "x"]] as const]) {
      const init = { headers: headers as HeadersInit };
      await expect(fetch(server.origin, init)).rejects.toThrow(
        rejected("ERR_AUTHORIZATION_PRESENT"),
      );
      const request = new Request(server.origin, init);
      await expect(fetch(request)).rejects.toThrow(rejected("ERR_AUTHORIZATION_PRESENT"));
    }
    await expect(fetch(server.origin.replace("//", "//me:secret@"))).rejects.toThrow(
      rejected("ERR_URL"),
    );
  });

  it("is sent with a signature in another place, unless it also contains protocol parameters", async () => {
    const inQuery = signedFetch(createSigner({ ...credentials, transmission: "query" }));
    const basic = { headers: { Authorization: "OAuth oauth_nonce=a" } };
    await expect(inQuery(server.origin, basic)).rejects.toThrow(
      rejected("ERR_AUTHORIZATION_PRESENT"),
    );
    const response = await inQuery(`${server.origin}/?a=1`, {
      headers: { Authorization: "Basic bWU6" },
    });
    const echo = (await response.json()) as Echo;
    expect(field(echo, "authorization")).toBe("Basic bWU6");
    expect(echo.target).toMatch(/^\/\?a=1&oauth_consumer_key=.*&oauth_signature=/);
  });
});

describe("bodies", () => {
  const text = "b=☃+%2b&a=&a=";
  const octets = new TextEncoder().encode(text);
  const form = new FormData();
  form.set("a", new Blob(["b"]), "name");
  const bodies: Record<string, [body: () => BodyInit, expected: string | RegExp, signed: boolean]> =
    {
      URLSearchParams: [() => new URLSearchParams("a+b=%26☃"), "a+b=%26%E2%98%83", true],
      "text, a form": [() => text, text, true],
      "octets, a form": [() => octets, text, true],
      "ArrayBuffer, a form": [() => octets.buffer, text, true],
      "DataView, a form": [() => new DataView(octets.buffer, 0, 5), "b=☃", true],
      "Blob, a form": [() => new Blob([text], { type: FORM["Content-Type"] }), text, true],
      text: [() => text, text, false],
      octets: [() => octets, text, false],
      Blob: [() => new Blob([text], { type: "image/png" }), text, false],
      FormData: [
        () => form,
        /Content-Disposition: form-data; name="a"; filename="name"\r\n/,
        false,
      ],
      stream: [() => streamOf(text), text, false],
    };
  for (const [name, [body, expected, signed]] of Object.entries(bodies)) {
    it(`${name}: ${signed ? "signed" : "not signed"}, sent as it is`, async () => {
      const isTyped = signed && name !== "URLSearchParams" && name !== "Blob, a form";
      const init = {
        method: "POST",
        ...(isTyped && { headers: FORM }),
        body: body(),
        duplex: "half",
      };
      const echo = await verified("/?a=1", init);
      expect(bodyOf(echo)).toEqual(
        typeof expected === "string" ? expected : expect.stringMatching(expected),
      );
      // The platform alone sends the same content type.
      const { headers } = new Request(server.origin, { ...init, body: body() } as RequestInit);
      const plain = headers.get("content-type")?.replace(/boundary=.*/, "");
      expect(field(echo, "content-type")?.replace(/boundary=.*/, "")).toBe(plain);

      const request = new Request(`${server.origin}/`, { ...init, body: body() } as RequestInit);
      expect(bodyOf(await verifiedBy(await fetch(request)))).toEqual(
        typeof expected === "string" ? expected : expect.stringMatching(expected),
      );
      expect(request.bodyUsed).toBe(true);
    });
  }

  it("are rejected unread if a form is a stream or FormData", async () => {
    for (const body of [streamOf("a=1"), form]) {
      const sent = fetch(server.origin, {
        method: "POST",
        headers: FORM,
        body,
        duplex: "half",
      } as object);
      await expect(sent).rejects.toThrow(rejected("ERR_FORM_BODY"));
    }
  });

  it("have oauth_body_hash if it is requested, but never with a form", async () => {
    const hashed = signedFetch(createSigner({ ...credentials, bodyHash: true }));
    const asked = signedFetch(signer, { bodyHash: true });
    for (const [name, [body, , signed]] of Object.entries(bodies)) {
      if (name === "stream" || (signed && !/^(URL|Blob)/.test(name))) continue;
      for (const send of [hashed, asked]) {
        const response = await send(server.origin, { method: "POST", body: body() });
        const authorization = field(await verifiedBy(response), "authorization");
        expect(authorization?.includes("oauth_body_hash")).toBe(!signed);
      }
    }
    expect(field(await verifiedBy(await asked(server.origin)), "authorization")).toContain(
      'oauth_body_hash="2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D"', // of an empty body, by openssl sha1
    );
    const unhashed = signedFetch(createSigner({ ...credentials, bodyHash: true }), {
      bodyHash: false,
    });
    expect(field(await verifiedBy(await unhashed(server.origin)), "authorization")).not.toContain(
      "hash",
    );
  });

  it("are rejected unread if a stream must be hashed", async () => {
    const body = streamOf("a=1");
    const sent = signedFetch(signer, { bodyHash: true })(server.origin, {
      method: "POST",
      body,
      duplex: "half",
    } as RequestInit);
    await expect(sent).rejects.toThrow(rejected("ERR_BODY_STREAM"));
    expect(await new Response(body).text()).toBe("a=1");
  });

  it("carry the transmission form-body only if they are forms", async () => {
    const inBody = signedFetch(createSigner({ ...credentials, transmission: "form-body" }));
    const echo = await verifiedBy(
      await inBody(server.origin, { method: "POST", body: new URLSearchParams("a=1") }),
    );
    expect(bodyOf(echo)).toMatch(/^a=1&oauth_consumer_key=/);
    await verifiedBy(await inBody(server.origin, { method: "POST" }));
    await expect(inBody(server.origin, { method: "POST", body: "text" })).rejects.toThrow(
      rejected("ERR_BODY_NOT_FORM"),
    );
    await expect(inBody(server.origin)).rejects.toThrow(rejected("ERR_REQUEST_METHOD"));
  });

  it("are signed with an asynchronous signature method", async () => {
    const { identifier } = credentials.client;
    const byRsa = createSigner({
      client: { identifier, privateKey: keys.privateKey },
      signatureMethod: rsaSha256,
      bodyHash: true,
    });
    const send = signedFetch(byRsa);
    await verifiedBy(await send(`${server.origin}/to/307/2/a`, { method: "POST", body: "text" }));
    await verifiedBy(
      await send(server.origin, { method: "POST", body: new URLSearchParams("a=1") }),
    );
    await expect(send(server.origin, { headers: { Authorization: "a" } })).rejects.toThrow(
      rejected("ERR_AUTHORIZATION_PRESENT"),
    );
  });
});

describe("redirects, as the Fetch standard follows them", () => {
  for (const status of [301, 302, 303, 307, 308]) {
    for (const method of ["GET", "HEAD", "POST", "PUT"]) {
      it(`sign each hop of a ${status} of ${method} again`, async () => {
        const path = `${server.origin}/to/${status}/3/b?c=d`;
        const hasBody = method === "POST" || method === "PUT";
        const init = { method, ...(hasBody && { body: new URLSearchParams("a=1") }) };
        const response = await fetch(path, init);
        expect(response).toMatchObject({
          status: 200,
          redirected: true,
          url: `${server.origin}/b?c=d`,
        });
        expect(response.clone()).toMatchObject({ redirected: true });
        if (method === "HEAD") return;

        // Node's own fetch is the reference for the changes.
        const at = (path: string) => `/at/${status}/${encodeURIComponent(path)}`;
        const signed = await verifiedBy(await fetch(server.origin + at("/b"), init));
        const unsigned = `${server.origin}/unsigned${at("/unsigned/b")}`;
        const reference: Echo = await (await globalThis.fetch(unsigned, init)).json();
        expect(sent(signed)).toEqual(sent(reference));
      });
    }
  }

  const sent = ({ method, body, headers }: Echo) => ({
    method,
    body,
    headers: Object.fromEntries(headers.filter(([name]) => name.startsWith("content-"))),
  });

  it("are followed 20 times, and not more often", async () => {
    expect(await fetch(`${server.origin}/to/302/20/b`)).toMatchObject({ status: 200 });
    await expect(fetch(`${server.origin}/to/302/21/b`)).rejects.toThrow(
      rejected("ERR_TOO_MANY_REDIRECTS"),
    );
  });

  it("return the redirect itself with manual, and fail like the platform with error", async () => {
    const response = await fetch(`${server.origin}/to/302/1/b`, { redirect: "manual" });
    expect(response).toMatchObject({ status: 302, redirected: false });
    await verifiedBy(response);
    const request = new Request(`${server.origin}/to/302/1/b`, { redirect: "manual" });
    expect(await fetch(request)).toMatchObject({ status: 302 });
    await expect(fetch(`${server.origin}/to/302/1/b`, { redirect: "error" })).rejects.toThrow(
      TypeError,
    );
  });

  it("send no credentials to another origin, nor back from there", async () => {
    const headers = { Cookie: "a=b", "Proxy-Authorization": "secret", "X-Kept": "1" };
    const target = (path: string) => encodeURIComponent(`${elsewhere.origin}${path}`);
    for (const transmission of ["header", "query", "form-body"] as const) {
      const send = signedFetch(createSigner({ ...credentials, transmission }));
      const init = { method: "POST", headers, body: new URLSearchParams("a=1") };
      const response = await send(`${server.origin}/at/307/${target("/unsigned/b?c=d")}`, init);
      const echo = (await response.json()) as Echo;
      expect(response.url).toBe(`${elsewhere.origin}/unsigned/b?c=d`);
      expect(bodyOf(echo)).toBe("a=1");
      expect(field(echo, "x-kept")).toBe("1");
      for (const name of ["authorization", "cookie", "proxy-authorization"]) {
        expect(field(echo, name)).toBeUndefined();
      }
      expect(JSON.stringify(echo)).not.toContain("oauth_");
    }
    // /unsigned does not redirect, so the other server's verdict shows that there is no signature.
    const back = `/at/302/${encodeURIComponent(`${server.origin}/unsigned/home`)}`;
    const lost = await fetch(`${server.origin}/at/302/${target(back)}`);
    expect(lost.status).toBe(401);
    expect((await lost.json()) as Echo).toMatchObject({ reason: "no signature" });
  });

  it("treat another port, another scheme and another name as another origin", async () => {
    const seen: [url: string, authorization: string | null][] = [];
    const send = signedFetch(signer, async (input: string | URL | Request, init?: RequestInit) => {
      const url = String(input);
      seen.push([url, new Headers(init?.headers).get("authorization")]);
      const location = targets[url];
      return new Response(null, location ? { status: 302, headers: { location } } : {});
    });
    const targets: Record<string, string> = {
      "https://a.example/1": "https://a.example:443/2",
      "https://a.example/2": "http://a.example/3",
      "http://a.example/3": "https://a.example/4",
      "http://b.example/1": "http://b.example:8080/2",
      "http://c.example/1": "//www.c.example/2",
    };
    for (const name of ["https://a", "http://b", "http://c"]) await send(`${name}.example/1`);
    expect(seen.map(([url, authorization]) => [url, authorization !== null])).toEqual([
      ["https://a.example/1", true],
      ["https://a.example/2", true],
      ["http://a.example/3", false],
      ["https://a.example/4", false],
      ["http://b.example/1", true],
      ["http://b.example:8080/2", false],
      ["http://c.example/1", true],
      ["http://www.c.example/2", false],
    ]);
  });

  it("handle a Location with raw octets, a relative, an empty, an invalid and a missing one", async () => {
    const at = (location: string) => fetch(`${server.origin}/at/302/${location}`);
    expect((await verifiedBy(await at("../../b%E2%98%83?%C3%A9"))).target).toBe(
      "/b%E2%98%83?%C3%A9",
    );
    for (const location of [
      "data:,a",
      "mailto:a@example.com",
      "http://%5B",
      "http://me:x@127.0.0.1",
    ]) {
      await expect(at(encodeURIComponent(location))).rejects.toThrow(
        rejected("ERR_REDIRECT_LOCATION"),
      );
    }
    const bare = signedFetch(signer, { fetch: async () => new Response("here", { status: 302 }) });
    expect(await bare(server.origin)).toMatchObject({ status: 302, redirected: false });
  });

  it("do not send a stream twice, but a 303 drops it", async () => {
    const init = () => ({ method: "POST", body: streamOf("abc"), duplex: "half" }) as RequestInit;
    for (const status of [301, 302, 307, 308]) {
      await expect(fetch(`${server.origin}/to/${status}/1/b`, init())).rejects.toThrow(
        rejected("ERR_BODY_SENT"),
      );
    }
    expect(await verified("/to/303/1/b", init())).toMatchObject({ method: "GET", body: "" });
    const request = () =>
      new Request(`${server.origin}/to/307/1/b`, { method: "PUT", body: "abc" });
    await expect(fetch(request())).rejects.toThrow(rejected("ERR_BODY_SENT"));
    const reading = signedFetch(signer, { readRequests: true });
    expect(bodyOf(await verifiedBy(await reading(request())))).toBe("abc");
  });
});

describe("retry", () => {
  let key = 0;
  it("signs again, and receives the outcome of each attempt", async () => {
    const outcomes: Outcome[] = [];
    const send = signedFetch(signer, {
      retry: async (outcome) => {
        outcomes.push(outcome);
        return outcome.response?.status === 503;
      },
    });
    const url = `${server.origin}/fail/2/a${key++}`;
    const response = await send(url, { method: "POST", body: "text" });
    expect(bodyOf(await verifiedBy(response))).toBe("text");
    expect(outcomes.map(({ attempt, response }) => [attempt, response?.status])).toEqual([
      [1, 503],
      [2, 503],
      [3, 200],
    ]);
    expect(outcomes[0]).toMatchObject({ method: "POST", url });
  });

  it("runs after a network error, but not after an abort, nor for a stream", async () => {
    const rejecting = "http://127.0.0.1:1/";
    let asked = 0;
    const send = signedFetch(signer, { retry: ({ error }) => error !== undefined && ++asked < 3 });
    await expect(send(rejecting)).rejects.toThrow("fetch failed");
    expect(asked).toBe(3);
    const stream = { method: "POST", body: streamOf("a"), duplex: "half" } as RequestInit;
    await expect(send(rejecting, stream)).rejects.toThrow("fetch failed");
    await expect(send(rejecting, { signal: AbortSignal.abort() })).rejects.toThrow("abort");
    expect(asked).toBe(3);
  });

  it("ends on an abort while the hook waits", async () => {
    const controller = new AbortController();
    const send = signedFetch(signer, {
      retry: async () => {
        controller.abort(new Error("enough"));
        return true;
      },
    });
    const url = `${server.origin}/fail/9/b${key++}`;
    await expect(send(url, { signal: controller.signal })).rejects.toThrow("enough");
  });
});

describe("clock", () => {
  for (const seconds of [-7200, 80_000]) {
    for (const where of ["header", "range", "body", "date"]) {
      it(`is corrected once for a server that is ${seconds} s off, reported by ${where}`, async () => {
        let count = 0;
        const send = signedFetch(signer, {
          correctClock: true,
          fetch: (input: string | URL | Request, init?: RequestInit) => {
            count++;
            return globalThis.fetch(input, init);
          },
        });
        const url = `${server.origin}/clock/${seconds}/${where}/a`;
        await verifiedBy(await send(url, { method: "POST", body: "text" }));
        expect(count).toBe(2);
        await verifiedBy(await send(url));
        expect(count).toBe(3);
      });
    }
  }

  it("is not corrected if not requested, for another problem, or if the request cannot be sent again", async () => {
    const send = signedFetch(signer, { correctClock: true });
    const url = (where: string) => `${server.origin}/clock/7200/${where}/a`;
    expect(await fetch(url("header"))).toMatchObject({ status: 401 });
    expect(await send(url("silent"))).toMatchObject({ status: 401 });
    expect(await send(url("other"))).toMatchObject({ status: 401 });
    const stream = { method: "POST", body: streamOf("a"), duplex: "half" } as RequestInit;
    expect(await send(url("header"), stream)).toMatchObject({ status: 401 });
  });

  it("is not corrected twice: the caller gets the whole response", async () => {
    const later = Math.floor(Date.now() / 1000) + 3600;
    const body =
      `oauth_problem=timestamp_refused&oauth_acceptable_timestamps=${later}-${later + 600} `.padEnd(
        9999,
        "x",
      );
    let count = 0;
    const send = signedFetch(signer, {
      correctClock: true,
      fetch: async () => {
        count++;
        return new Response(body, { status: 401 });
      },
    });
    expect(await (await send("http://a.example")).text()).toBe(body);
    expect(count).toBe(2);
  });
});

describe("like fetch", () => {
  it("it has fetch's type", () => {
    const drop: typeof globalThis.fetch = fetch;
    expect(drop).toBe(fetch);
  });

  it("it can be aborted, before and while sending", async () => {
    await expect(
      fetch(server.origin, { signal: AbortSignal.abort(new Error("no")) }),
    ).rejects.toThrow("no");
    const silent = signedFetch(signer, {
      fetch: (_, init) =>
        new Promise((_, reject) => {
          if (init?.signal?.aborted) reject(init.signal.reason);
          init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
        }),
    });
    const controller = new AbortController();
    const sent = silent(server.origin, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(sent).rejects.toThrow("enough");
  });

  it("it sends the bytes of the call, not of a later change", async () => {
    const octets = new TextEncoder().encode("a=1");
    const parameters = new URLSearchParams("a=1");
    const sent = [octets, parameters].map((body) =>
      fetch(`${server.origin}/to/307/1/b`, { method: "POST", headers: FORM, body }),
    );
    octets.fill(0);
    parameters.set("a", "2");
    for (const response of await Promise.all(sent)) {
      expect(bodyOf(await verifiedBy(response))).toBe("a=1");
    }
  });

  it("errors contain no secret", async () => {
    const error = await fetch(`${server.origin}/?a=%zz`).catch((error: Error) => error);
    const told = `${error} ${JSON.stringify(error)}`;
    expect(told).not.toContain(credentials.client.sharedSecret);
    expect(told).not.toContain(credentials.token.sharedSecret);
  });
});
