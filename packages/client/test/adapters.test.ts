// Each HTTP client as its users call it, with its own kinds of parameters, bodies and errors.
import { generateKeyPairSync } from "node:crypto";
import { request as nodeRequest } from "node:http";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { type AnySigner, ClientError } from "@oauth1/client";
import { axiosSigner as axiosInterceptor } from "@oauth1/client/axios";
import { gotSigner as gotOptions } from "@oauth1/client/got";
import { kySigner } from "@oauth1/client/ky";
import { nodeSigner } from "@oauth1/client/node";
import { superagentSigner } from "@oauth1/client/superagent";
import { undiciSigner } from "@oauth1/client/undici";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { createSigner, SignerError } from "@oauth1/signer";
import axios, { AxiosError } from "axios";
import got, { HTTPError, RequestError } from "got";
import ky from "ky";
import superagent from "superagent";
import { Agent, Client, interceptors, request, fetch as undiciFetch } from "undici";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
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
const byRsa = createSigner({
  client: { identifier: credentials.client.identifier, privateKey: keys.privateKey },
  signatureMethod: rsaSha256,
});
const inQuery = createSigner({ ...credentials, transmission: "query" });
const inBody = createSigner({ ...credentials, transmission: "form-body" });
const hashing = createSigner({ ...credentials, bodyHash: true });
const FORM = "application/x-www-form-urlencoded";
const VERIFIED = { verified: true };

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

/** A path that redirects to the other server, which verifies nothing. */
function away(status: number): string {
  return `/at/${status}/${encodeURIComponent(`${elsewhere.origin}/unsigned/b`)}`;
}

/** Nothing of the caller's request is sent. */
function expectNoCredentials(echo: Echo): void {
  expect(echo).toMatchObject({ verified: false, target: "/unsigned/b" });
  expect(field(echo, "authorization")).toBeUndefined();
  expect(field(echo, "cookie")).toBeUndefined();
  expect(JSON.stringify(echo)).not.toContain("oauth_");
  expect(bodyOf(echo)).not.toContain("oauth_");
}

let keyCount = 0;
/** A path whose first requests get a 503 response. */
const failing = (count: number) => `/fail/${count}/adapter${keyCount++}`;

describe("axios", () => {
  function api(by: AnySigner = signer, config = {}) {
    const instance = axios.create({ baseURL: `${server.origin}/base/`, ...config });
    instance.interceptors.request.use(axiosInterceptor(by));
    return instance;
  }

  it("signs baseURL, params (nested and in arrays) and the result of a paramsSerializer", async () => {
    const params = { a: [1, 2], b: { c: "é +&" }, d: null, "e[]": "~!" };
    const { data } = await api().get<Echo>("photos;v=1", { params });
    expect(data).toMatchObject(VERIFIED);
    // The same as axios writes.
    const plain = await axios.get<Echo>(`${server.origin}/unsigned/base/photos;v=1`, { params });
    expect(`/unsigned${data.target}`).toBe(plain.data.target);
    const paramsSerializer = { serialize: () => "a=b c&d=☃" };
    const own = await api().get<Echo>("/x?y=z", { params, paramsSerializer });
    expect(own.data).toMatchObject({ ...VERIFIED, target: "/base/x?y=z&a=b%20c&d=%E2%98%83" });
  });

  it("signs objects, forms of objects, URLSearchParams, bytes, streams and FormData as data", async () => {
    const post = async (data: unknown, headers = {}, by = signer) => {
      const answer = await api(by).post<Echo>("x", data, { headers });
      expect(answer.data).toMatchObject(VERIFIED);
      return answer.data;
    };
    const object = { a: "é +", b: [1, 2] };
    expect(bodyOf(await post(object))).toBe('{"a":"é +","b":[1,2]}');
    const type = { "Content-Type": FORM };
    expect(bodyOf(await post(object, type))).toBe("a=%C3%A9+%2B&b%5B%5D=1&b%5B%5D=2");
    expect(bodyOf(await post(new URLSearchParams("a=1&a=2")))).toBe("a=1&a=2");
    expect(bodyOf(await post("a=1&b=+"))).toBe("a=1&b=+"); // axios sends a form, unless told otherwise
    expect(bodyOf(await post(new URLSearchParams("a=1"), {}, inBody))).toMatch(/^a=1&oauth_/);
    const octets = { "Content-Type": "application/octet-stream" };
    expect(bodyOf(await post(Buffer.from("abc"), octets, hashing))).toBe("abc");
    expect(bodyOf(await post(Readable.from(["abc"]), octets))).toBe("abc");
    const form = new FormData();
    form.set("a", "b");
    expect(bodyOf(await post(form))).toContain('name="a"');
    await expect(post(Readable.from(["a"]), octets, hashing)).rejects.toThrow(
      rejected("ERR_BODY_HASH"),
    );
    await expect(post(Readable.from(["a"]), type)).rejects.toThrow(rejected("ERR_FORM_BODY"));
  });

  it("rejects the caller's Authorization, auth and beforeRedirect", async () => {
    const get = (config: object) => api().get("x", config);
    const code = "ERR_AUTHORIZATION_PRESENT";
    await expect(get({ headers: { authorization: "a" } })).rejects.toThrow(rejected(code));
    await expect(get({ auth: { username: "a", password: "b" } })).rejects.toThrow(
      rejected("ERR_CLIENT_OPTION"),
    );
    await expect(get({ beforeRedirect: () => {} })).rejects.toThrow(rejected("ERR_CLIENT_OPTION"));
    const relative = axios.create();
    relative.interceptors.request.use(axiosInterceptor(signer));
    await expect(relative.get("/x")).rejects.toThrow(rejected("ERR_URL"));
  });

  it("signs each hop on the same origin, none elsewhere, and follows at most maxRedirects", async () => {
    for (const by of [signer, byRsa, inQuery]) {
      const root = api(by, { baseURL: server.origin });
      for (const adapter of ["http", "fetch"] as const) {
        const { data } = await root.post<Echo>("/to/307/3/b?c=d", { e: 1 }, { adapter });
        expect(data).toMatchObject({ ...VERIFIED, method: "POST" });
        expect(bodyOf(data)).toBe('{"e":1}');
      }
      const headers = { Cookie: "a=b" };
      expectNoCredentials((await root.post<Echo>(away(308), "a=1", { headers })).data);
    }
    const root = api(signer, { baseURL: server.origin });
    await expect(root.get("/to/302/3/b", { maxRedirects: 2 })).rejects.toThrow(
      rejected("ERR_TOO_MANY_REDIRECTS"),
    );
    const error = await root.get("/to/302/1/b", { maxRedirects: 0 }).catch((error) => error);
    expect(error).toBeInstanceOf(AxiosError);
    expect(error.response.status).toBe(302);
  });

  it("signs a request again that is sent again, and keeps the signature out of config", async () => {
    for (const by of [signer, inQuery, inBody]) {
      const root = api(by, { baseURL: server.origin });
      const error = await root.post(failing(1), new URLSearchParams("a=1")).catch((error) => error);
      expect(error).toBeInstanceOf(AxiosError);
      expect(error.response.status).toBe(503);
      expect(error.config.headers.Authorization).toBeUndefined();
      expect(`${error.config.url} ${error.config.data}`).not.toContain("oauth_");
      const { data, config } = await root(error.config);
      expect(data).toMatchObject({ ...VERIFIED });
      expect(config.headers["Authorization"]).toBeUndefined();
    }
  });
});

describe("undici", () => {
  const agent = new Agent();
  afterAll(() => agent.close());
  const sign = (by: AnySigner = signer) => undiciSigner(by, { origin: server.origin });
  const composed = (by?: AnySigner) =>
    agent.compose(sign(by), interceptors.redirect({ maxRedirections: 5 }));

  it("signs the query, headers in every form, a custom Host, and requests of a Client", async () => {
    const dispatcher = composed();
    const { body } = await request(`${server.origin}/a/../x`, {
      query: { a: ["1", "2"], b: "é +" },
      dispatcher,
    });
    expect(await body.json()).toMatchObject({ ...VERIFIED, target: "/x?a=1&a=2&b=%C3%A9%20%2B" });
    for (const headers of [
      { "x-a": ["1", "2"] },
      ["x-a", "1", "x-a", "2"],
      new Map([["x-a", "1, 2"]]),
    ]) {
      const { body } = await request(`${server.origin}/x`, { headers, dispatcher });
      const echo = (await body.json()) as Echo;
      expect(echo).toMatchObject(VERIFIED);
      expect(
        echo.headers
          .filter(([name]) => name === "x-a")
          .map(([, value]) => value)
          .join(", "),
      ).toBe("1, 2");
    }
    const hosted = await request(`${server.origin}/x`, {
      headers: { Host: "Photos.example.net:80" },
      dispatcher,
    });
    expect(await hosted.body.json()).toMatchObject(VERIFIED);
    const client = new Client(server.origin);
    const answer = await client.compose(sign()).request({ path: "/x", method: "GET" });
    expect(await answer.body.json()).toMatchObject(VERIFIED);
    await client.close();
  });

  it("signs forms, bytes, streams and body hashes, also with asynchronous methods", async () => {
    const post = async (by: AnySigner, body: unknown, type?: string) => {
      const answer = await request(`${server.origin}/x`, {
        method: "POST",
        body: body as string,
        headers: type ? { "content-type": type } : {},
        dispatcher: composed(by),
      });
      const echo = (await answer.body.json()) as Echo;
      expect(echo).toMatchObject(VERIFIED);
      return bodyOf(echo);
    };
    for (const by of [signer, byRsa, hashing]) {
      expect(await post(by, "a=é&a=+", FORM)).toBe("a=é&a=+");
      expect(await post(by, Buffer.from("abc"))).toBe("abc");
    }
    expect(await post(inBody, "a=1", FORM)).toMatch(/^a=1&oauth_/);
    expect(await post(signer, Readable.from(["abc"]))).toBe("abc");
    await expect(post(hashing, Readable.from(["abc"]))).rejects.toThrow(rejected("ERR_BODY_HASH"));
    await expect(post(byRsa, Readable.from(["abc"]), FORM)).rejects.toThrow(
      rejected("ERR_FORM_BODY"),
    );
  });

  it("signs each redirect and retry, but no request to another origin", async () => {
    for (const by of [signer, byRsa, inQuery]) {
      const { body } = await request(`${server.origin}/to/302/3/b`, { dispatcher: composed(by) });
      expect(await body.json()).toMatchObject(VERIFIED);
      const left = await request(server.origin + away(302), {
        headers: { cookie: "a=b" },
        dispatcher: composed(by),
      });
      expectNoCredentials((await left.body.json()) as Echo);
      const retrying = agent.compose(
        sign(by),
        interceptors.retry({ minTimeout: 1, maxRetries: 3 }),
      );
      const again = await request(server.origin + failing(2), { dispatcher: retrying });
      expect(await again.body.json()).toMatchObject(VERIFIED);
    }
  });

  it("fails with the errors of undici's fetch and request", async () => {
    const dispatcher = composed();
    const headers = { authorization: "a" };
    await expect(request(server.origin, { dispatcher, headers })).rejects.toThrow(
      rejected("ERR_AUTHORIZATION_PRESENT"),
    );
    const error = await undiciFetch(server.origin, { dispatcher, headers }).catch((error) => error);
    expect(error.cause).toEqual(rejected("ERR_AUTHORIZATION_PRESENT"));
    expect(() => undiciSigner(signer, { origin: "photos.example.net" })).toThrow(
      rejected("ERR_URL"),
    );
  });
});

describe("got", () => {
  const hasCause = "cause" in new RequestError("", new Error("a cause"), got.defaults.options);
  const api = (by: AnySigner = signer) => got.extend(gotOptions(by), { retry: { limit: 0 } });

  it("signs searchParams, form, json, body and streams", async () => {
    const searchParams = new URLSearchParams([
      ["a", "é +"],
      ["a", "~"],
    ]);
    expect(await api()(`${server.origin}/x`, { searchParams }).json()).toMatchObject({
      ...VERIFIED,
      target: "/x?a=%C3%A9+%2B&a=%7E",
    });
    const post = async (options: object, by?: AnySigner) => {
      const echo = await api(by).post(`${server.origin}/x`, options).json<Echo>();
      expect(echo).toMatchObject(VERIFIED);
      return bodyOf(echo);
    };
    for (const by of [signer, byRsa, hashing]) {
      expect(await post({ form: { a: "é +", b: 2 } }, by)).toBe("a=%C3%A9+%2B&b=2");
      expect(await post({ json: { a: "é" } }, by)).toBe('{"a":"é"}');
      expect(await post({ body: Buffer.from("abc") }, by)).toBe("abc");
    }
    expect(await post({ form: { a: "b" } }, inBody)).toMatch(/^a=b&oauth_/);
    expect(await post({ body: Readable.from(["abc"]) })).toBe("abc");
  });

  it("signs each redirect and retry, but no request to another origin", async () => {
    for (const by of [signer, byRsa, inQuery, inBody]) {
      const form = { a: "b" };
      const echo = await api(by).post(`${server.origin}/to/307/3/b?c=d`, { form }).json<Echo>();
      expect(echo).toMatchObject({ ...VERIFIED, method: "POST" });
      const headers = { cookie: "a=b" };
      expectNoCredentials(
        await api(by)
          .post(server.origin + away(307), { form, headers })
          .json<Echo>(),
      );
      const retry = {
        limit: 2,
        methods: ["POST" as const],
        calculateDelay: ({ computedValue }: { computedValue: number }) => computedValue && 1,
      };
      const again = await api(by)
        .post(server.origin + failing(2), { form, retry })
        .json<Echo>();
      expect(again).toMatchObject(VERIFIED);
    }
  });

  it("fails with got's own errors, which have the code and the cause", async () => {
    const error = await api()(server.origin, { headers: { authorization: "a" } }).catch(
      (error) => error,
    );
    expect(error).toBeInstanceOf(RequestError);
    expect(error.code).toBe("ERR_AUTHORIZATION_PRESENT");
    // got 13 and earlier do not keep the cause.
    if (hasCause) expect(error.cause).toEqual(rejected("ERR_AUTHORIZATION_PRESENT"));
    const options = { username: "a", password: "b" };
    await expect(api()(server.origin, options)).rejects.toMatchObject({
      code: "ERR_URL",
    });
    await expect(api()(server.origin + failing(1))).rejects.toThrow(HTTPError);
  });
});

describe("ky", () => {
  it("signs searchParams, json, forms, retries and redirects", async () => {
    for (const by of [signer, byRsa, inQuery]) {
      const api = ky.extend({ ...kySigner(by), retry: { limit: 2, delay: () => 1 } });
      const searchParams = { a: "é +", b: 1 };
      expect(await api(`${server.origin}/x`, { searchParams }).json()).toMatchObject(VERIFIED);
      const echo = await api.post<Echo>(`${server.origin}/x`, { json: { a: "é" } }).json();
      expect([echo.verified, bodyOf(echo)]).toEqual([true, '{"a":"é"}']);
      const body = new URLSearchParams("a=1&a=+");
      const form = await api.put<Echo>(`${server.origin}${failing(1)}`, { body }).json();
      expect([form.verified, bodyOf(form)]).toEqual([true, "a=1&a=+"]);
      const redirected = await api(`${server.origin}/to/302/3/b`);
      expect(redirected).toMatchObject({ redirected: true, status: 200 });
      expectNoCredentials(
        await api(server.origin + away(302), { headers: { cookie: "a" } }).json(),
      );
    }
    const headers = { authorization: "a" };
    await expect(ky.extend(kySigner(signer))(server.origin, { headers })).rejects.toThrow(
      rejected("ERR_AUTHORIZATION_PRESENT"),
    );
  });
});

describe("superagent", () => {
  it("signs query, send, type, attach, bytes, and an agent's defaults", async () => {
    for (const by of [signer, byRsa, hashing]) {
      const agent = superagent.agent().use(superagentSigner(by));
      const get = await agent
        .get(`${server.origin}/a/../x`)
        .query({ a: "é +", b: [1, 2] })
        .query("c=d e");
      expect(get.body).toMatchObject(VERIFIED);
      const json = await agent.post(`${server.origin}/x`).send({ a: "é" });
      expect([json.body.verified, bodyOf(json.body)]).toEqual([true, '{"a":"é"}']);
      const form = await agent
        .post(`${server.origin}/x`)
        .type("form")
        .send({ a: "é +" })
        .send({ b: "1" });
      expect([form.body.verified, bodyOf(form.body)]).toEqual([true, "a=%C3%A9%20%2B&b=1"]);
      const octets = await agent
        .put(`${server.origin}/x`)
        .type("image/png")
        .send(Buffer.from("abc"));
      expect([octets.body.verified, bodyOf(octets.body)]).toEqual([true, "abc"]);
    }
    const parts = await superagent
      .post(`${server.origin}/x`)
      .use(superagentSigner(signer))
      .field("a", "b");
    expect([parts.body.verified, bodyOf(parts.body)]).toEqual([
      true,
      expect.stringContaining('name="a"'),
    ]);
  });

  it("signs each redirect and retry, but no request to another origin", async () => {
    for (const by of [signer, byRsa, inQuery, inBody]) {
      const agent = superagent.agent().use(superagentSigner(by));
      const post = (path: string) =>
        agent
          .post(server.origin + path)
          .type("form")
          .send("a=1");
      expect((await post("/to/307/3/b?c=d")).body).toMatchObject({ ...VERIFIED, method: "POST" });
      expectNoCredentials((await post(away(307)).set("Cookie", "a=b")).body);
      expect((await post(failing(2)).retry(2)).body).toMatchObject(VERIFIED);
    }
  });

  it("rejects what cannot be signed, and a request that has already started", async () => {
    const get = superagent.get(server.origin).use(superagentSigner(signer));
    await expect(get.set("Authorization", "a")).rejects.toThrow(
      rejected("ERR_AUTHORIZATION_PRESENT"),
    );
    const authorized = superagent.get(server.origin).use(superagentSigner(byRsa)).auth("a", "b");
    await expect(authorized).rejects.toThrow(rejected("ERR_AUTHORIZATION_PRESENT"));
    const hashed = superagent.post(server.origin).use(superagentSigner(hashing)).field("a", "b");
    await expect(hashed).rejects.toThrow(rejected("ERR_BODY_HASH"));
  });
});

describe("node:http", () => {
  async function send(by: AnySigner, ...rest: [path: string, request?: object]) {
    const [path, given] = rest;
    const signed = await nodeSigner(by as typeof signer)(server.origin + path, given);
    return new Promise<Echo>((resolve, reject) => {
      const sent = nodeRequest(signed.options, (response) => {
        json(response).then((echo) => resolve(echo as Echo), reject);
      });
      sent.on("error", reject);
      if (signed.body instanceof Readable) signed.body.pipe(sent);
      else sent.end(signed.body);
    });
  }

  it("signs headers in every form, every body, and a custom Host", async () => {
    for (const by of [signer, byRsa, inQuery, hashing]) {
      expect(await send(by, "/a/../x?a=é b+c#d")).toMatchObject({ ...VERIFIED, method: "GET" });
      const post = (body: unknown, headers = {}) =>
        send(by, "/x", { method: "POST", body, headers });
      expect(bodyOf(await post(new URLSearchParams("a=1&a=+")))).toBe("a=1&a=+");
      expect(await post("a=1", { "content-type": FORM })).toMatchObject(VERIFIED);
      expect(await post(Buffer.from("abc"), ["X-A", "1", "X-A", "2"])).toMatchObject(VERIFIED);
      expect(await send(by, "/x", { headers: { Host: "Photos.example.net" } })).toMatchObject(
        VERIFIED,
      );
      expect(await send(by, "/x", { method: "DELETE", body: "abc" })).toMatchObject(VERIFIED);
    }
    expect(bodyOf(await send(signer, "/x", { method: "POST", body: Readable.from(["abc"]) }))).toBe(
      "abc",
    );
  });

  it("returns at once with a synchronous method, and a promise with an asynchronous one", () => {
    expect(nodeSigner(signer)("https://[::1]:8443/a").options).toMatchObject({
      protocol: "https:",
      hostname: "::1",
      port: 8443,
      path: "/a",
    });
    expect(nodeSigner(byRsa)("https://a.example")).toBeInstanceOf(Promise);
  });

  it("rejects options that the URL determines, an invalid URL and Authorization", () => {
    const options = (url: string, request: object) => () => nodeSigner(signer)(url, request);
    expect(options("http://a.example", { path: "/b" })).toThrow(rejected("ERR_CLIENT_OPTION"));
    expect(options("/b", {})).toThrow(rejected("ERR_URL"));
    expect(options("ftp://a.example", {})).toThrow(rejected("ERR_URL"));
    expect(options("http://me:x@a.example", {})).toThrow(rejected("ERR_URL"));
    expect(options("http://a.example", { headers: ["authorization", "a"] })).toThrow(
      rejected("ERR_AUTHORIZATION_PRESENT"),
    );
    expect(options("http://a.example", { method: "a b" })).toThrow(rejected("ERR_REQUEST_METHOD"));
  });
});
