// Every adapter signs only requests to the caller's origin, and none after a request has left
// it. Tested with every adapter, redirect status and transmission, with hops on one origin and
// from A to B and back to A, with pages and with retries. The servers verify.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { signedFetch } from "@oauth1/client";
import { axiosSigner } from "@oauth1/client/axios";
import { gotSigner } from "@oauth1/client/got";
import { kySigner } from "@oauth1/client/ky";
import { superagentSigner } from "@oauth1/client/superagent";
import { undiciSigner } from "@oauth1/client/undici";
import { createSigner, type Signer, type Transmission } from "@oauth1/signer";
import axios from "axios";
import got from "got";
import ky from "ky";
import superagent from "superagent";
import { Agent, interceptors, fetch as undiciFetch, request as undiciRequest } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { client, testVerifier } from "./test-verifier.js";

const agent = new Agent();

interface Received {
  readonly server: "A" | "B";
  readonly path: string;
  readonly method: string;
  /** Returns true if headers, query or body contain a protocol parameter. */
  readonly isSigned: boolean;
  readonly isVerified: boolean;
  readonly hasCredentials: boolean;
}
let received: Received[] = [];
let failures: Record<string, number> = {};
const origins = { A: "", B: "" };
const verifier = testVerifier();

/** `/hop/302/B/302/A/end`: redirects by 302 to B, and so on. */
async function answer(
  name: "A" | "B",
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const { method = "", url = "", headers } = request;
  const fields = Object.entries(headers) as [string, string][];
  const verification = await verifier.verify({
    method,
    url: origins[name] + url,
    headers: fields,
    body,
  });
  const path = url.split("?")[0] ?? "";
  received.push({
    server: name,
    path,
    method,
    isSigned: /oauth_/.test(`${url} ${headers.authorization} ${body}`),
    isVerified: verification.verified,
    hasCredentials: headers.authorization !== undefined || headers.cookie !== undefined,
  });
  if ((failures[path] ?? 0) > 0) {
    failures[path] = (failures[path] ?? 0) - 1;
    response.writeHead(503).end();
    return;
  }
  const [, status, to, ...rest] = path.split("/").slice(1);
  if (path.startsWith("/hop/") && (to === "A" || to === "B")) {
    const next = rest.length > 1 ? `/hop/${rest.join("/")}` : `/${rest.join("/")}`;
    response.writeHead(Number(status), { Location: origins[to] + next }).end();
    return;
  }
  if (path.startsWith("/page/")) {
    const [, , ...pages] = path.split("/").slice(1);
    const [first, ...others] = pages;
    const link =
      first === "A" || first === "B"
        ? { Link: `<${origins[first]}/page/${name}/${others.join("/")}>; rel="next"` }
        : {};
    response.writeHead(200, { "Content-Type": "application/json", ...link }).end("[1]");
    return;
  }
  response.end("end");
}

const servers = (["A", "B"] as const).map((name) => ({
  name,
  server: createServer((request, response) => void answer(name, request, response)),
}));
beforeAll(async () => {
  for (const { name, server } of servers) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origins[name] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
});
afterAll(async () => {
  await agent.close();
  for (const { server } of servers) {
    server.close();
    server.closeAllConnections();
  }
});
beforeEach(() => {
  received = [];
  failures = {};
});

type Send = (
  signer: Signer,
  url: string,
  request: { readonly method: "GET" | "POST"; readonly form?: Record<string, string> },
) => Promise<unknown>;

const cookie = { cookie: "a=b" };
const formOf = (form: Record<string, string> | undefined) =>
  form === undefined ? {} : { body: new URLSearchParams(form) };
const axiosBy =
  (adapter: "http" | "fetch"): Send =>
  (signer, url, { method, form }) => {
    const api = axios.create({ adapter, validateStatus: () => true });
    api.interceptors.request.use(axiosSigner(signer));
    const data = form === undefined ? {} : { data: new URLSearchParams(form) };
    return api.request({ url, method, headers: cookie, ...data });
  };

/** The adapters, which follow redirects by themselves. */
const adapters: Record<string, Send> = {
  signedFetch: (signer, url, { method, form }) =>
    signedFetch(signer)(url, { method, headers: cookie, ...formOf(form) }),
  axios: axiosBy("http"),
  "axios, fetch": axiosBy("fetch"),
  got: (signer, url, { method, form }) =>
    got.extend(gotSigner(signer))(url, {
      method,
      headers: cookie,
      ...(form !== undefined && { form }),
      throwHttpErrors: false,
      retry: { limit: 0 },
    }),
  ky: (signer, url, { method, form }) =>
    ky.extend(kySigner(signer, { readRequests: true }))(url, {
      method,
      headers: cookie,
      ...formOf(form),
      throwHttpErrors: false,
      retry: 0,
    }),
  undici: async (signer, url, { method, form }) => {
    const { origin } = new URL(url);
    const dispatcher = agent.compose(
      undiciSigner(signer, { origin }),
      interceptors.redirect({ maxRedirections: 5 }),
    );
    const body = form === undefined ? null : String(new URLSearchParams(form));
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const headers = form === undefined ? cookie : { ...cookie, ...type };
    const response = await undiciRequest(url, { method, headers, body, dispatcher });
    await response.body.dump();
  },
  superagent: (signer, url, { method, form }) => {
    const request = superagent(method, url).use(superagentSigner(signer)).set(cookie).redirects(5);
    return form === undefined ? request : request.type("form").send(form);
  },
};

const statuses = [301, 302, 303, 307, 308];
const transmissions: Transmission[] = ["header", "query", "form-body"];
const form = { a: "1 +é" };

/** Checks all received requests: after a request to B, none contains a protocol parameter. */
function expectNothingAfterLeaving(): void {
  const left = received.findIndex(({ server }) => server === "B");
  for (const [index, one] of received.entries()) {
    if (left >= 0 && index >= left) {
      expect(one, "signed after leaving the origin").toMatchObject({
        isSigned: false,
        hasCredentials: false,
      });
    } else {
      expect(one, "not verified before leaving the origin").toMatchObject({ isVerified: true });
    }
  }
}

const codesOf = (error: unknown): unknown[] => {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return [code, ...(cause === undefined ? [] : codesOf(cause))];
};

describe.each(Object.entries(adapters))("%s", (name, send) => {
  describe.each(transmissions)("%s", (transmission) => {
    const signer = createSigner({ client, transmission });

    it.each(statuses)("signs each hop of a %d on one origin", async (status) => {
      for (const method of transmission === "form-body" ? [] : (["GET", "POST"] as const)) {
        received = [];
        await send(signer, `${origins.A}/hop/${status}/A/${status}/A/end`, {
          method,
          ...(method === "POST" && { form }),
        });
        expectNothingAfterLeaving();
        expect(received.length).toBeGreaterThan(method === "GET" ? 2 : 0);
      }
      if (transmission !== "form-body") return;
      const sent = send(signer, `${origins.A}/hop/${status}/A/end`, { method: "POST", form });
      const error = await sent.then(
        () => undefined,
        (caught: unknown) => caught,
      );
      expectNothingAfterLeaving();
      if (received.length === 1 && error !== undefined) {
        // The POST was sent. The GET, which has no body for its parameters, was not sent.
        expect(codesOf(error)).toContain("ERR_REDIRECT_METHOD");
        expect(status).toBeLessThan(307);
      } else {
        expect(error).toBeUndefined();
      }
    });

    it.each(statuses)(
      "sends no signature to B and after it, with a %d from A to B and back to A",
      async (status) => {
        const path = `/hop/${status}/B/${status}/A/${status}/A/end`;
        for (const method of transmission === "form-body"
          ? (["POST"] as const)
          : (["GET", "POST"] as const)) {
          received = [];
          const sent = send(signer, origins.A + path, {
            method,
            ...(method === "POST" && { form }),
          });
          await sent.catch((error: unknown) => {
            // superagent does not send a body to another origin.
            if (name !== "superagent") throw error;
          });
          expectNothingAfterLeaving();
          expect(received[0]).toMatchObject({ server: "A", isVerified: true });
          if (method === "GET") expect(received.map(({ server }) => server).join("")).toBe("ABAA");
        }
      },
    );
  });
});

describe("undici's fetch, which hides which request a hop follows from", () => {
  const signer = createSigner({ client });
  const dispatcher = () => agent.compose(undiciSigner(signer, { origin: origins.A }));

  it.each(statuses)("signs the hops of a %d on one origin", async (status) => {
    const url = `${origins.A}/hop/${status}/A/${status}/A/end`;
    const response = await undiciFetch(url, { dispatcher: dispatcher() });
    expect(response.status).toBe(200);
    expectNothingAfterLeaving();
    expect(received).toHaveLength(3);
  });

  it.each(statuses)(
    "fails before A is reached, with a %d from A to B and back to A",
    async (status) => {
      const url = `${origins.A}/hop/${status}/B/${status}/A/end`;
      const error = await undiciFetch(url, { dispatcher: dispatcher() }).catch((caught) => caught);
      expect(codesOf(error)).toContain("ERR_REDIRECT_ORIGIN");
      expectNothingAfterLeaving();
      expect(received.map(({ server }) => server).join("")).toBe("AB");
    },
  );

  it("lets another origin redirect to itself", async () => {
    const url = `${origins.A}/hop/302/B/302/B/end`;
    const response = await undiciFetch(url, { dispatcher: dispatcher() });
    expect(await response.text()).toBe("end");
    expectNothingAfterLeaving();
  });

  it("signs a form, although fetch passes it in pieces", async () => {
    const response = await undiciFetch(`${origins.A}/end`, {
      method: "POST",
      body: new URLSearchParams({ a: "1 +é", b: "x".repeat(100_000) }),
      dispatcher: dispatcher(),
    });
    expect(await response.text()).toBe("end");
    expect(received).toMatchObject([{ isVerified: true }]);
  });

  it("signs the platform's own fetch, which uses another undici", async () => {
    const init = { dispatcher: dispatcher(), method: "POST", body: new URLSearchParams(form) };
    const response = await fetch(`${origins.A}/end`, init as RequestInit);
    expect(await response.text()).toBe("end");
    expect(received).toMatchObject([{ isVerified: true }]);
    received = [];
    const left = fetch(`${origins.A}/hop/302/B/302/A/end`, {
      dispatcher: dispatcher(),
    } as RequestInit);
    expect(codesOf(await left.catch((caught: unknown) => caught))).toContain("ERR_REDIRECT_ORIGIN");
    expectNothingAfterLeaving();
  });
});

describe("pages of got", () => {
  const signer = createSigner({ client });
  const api = () => got.extend(gotSigner(signer));

  it("on one origin are signed", async () => {
    const pages = await api().paginate.all(`${origins.A}/page/A/A/A/`);
    expect(pages).toEqual([1, 1, 1]);
    expectNothingAfterLeaving();
    expect(received).toHaveLength(3);
  });

  it("of another origin, and all after them, are not", async () => {
    const pages = await api().paginate.all(`${origins.A}/page/A/B/A/A/`);
    expect(pages).toEqual([1, 1, 1, 1]);
    expectNothingAfterLeaving();
    expect(received.map(({ server }) => server).join("")).toBe("ABAA");
  });

  it("of a paginate function of the caller follow the same rule", async () => {
    const next = ["B", "A", "A"] as ("A" | "B")[];
    await api().paginate.all(`${origins.A}/page/A/`, {
      pagination: {
        paginate: () => {
          const server = next.shift();
          return server !== undefined && { url: new URL(`${origins[server]}/page/A/`) };
        },
      },
    });
    expectNothingAfterLeaving();
    expect(received.map(({ server }) => server).join("")).toBe("ABAA");
  });

  it("do not change the next call", async () => {
    const instance = api();
    await instance.paginate.all(`${origins.A}/page/A/B/`);
    received = [];
    await instance(`${origins.A}/end`);
    await instance(`${origins.B}/end`);
    expect(received).toMatchObject([{ isVerified: true }, { isVerified: true }]);
  });
});

describe("retries", () => {
  it("are signed again at the origin, but not at another", async () => {
    const signer = createSigner({ client });
    const api = got.extend(gotSigner(signer), {
      retry: { limit: 2, calculateDelay: ({ computedValue }) => (computedValue > 0 ? 1 : 0) },
    });
    failures = { "/end": 1, "/hop/302/A/end": 1 };
    await api(`${origins.A}/hop/302/B/302/A/end`);
    expectNothingAfterLeaving();
    expect(received.map(({ server }) => server).join("")).toMatch(/^AB.*A+$/);

    received = [];
    failures = { "/hop/302/B/end": 1 };
    await api(`${origins.A}/hop/302/B/end`);
    expectNothingAfterLeaving();
    expect(received.map(({ server }) => server).join("")).toBe("AAB");
  });

  it("of signedFetch are not signed at another origin", async () => {
    const signer = createSigner({ client });
    failures = { "/end": 1 };
    const fetch = signedFetch(signer, { retry: ({ response }) => response?.status === 503 });
    expect((await fetch(`${origins.A}/hop/307/B/307/A/end`)).status).toBe(200);
    expectNothingAfterLeaving();
    expect(received.map(({ server }) => server).join("")).toBe("ABAA");
  });
});
