// Networks between a client and a verifying server: HTTP proxies, by absolute-form and by CONNECT,
// a SOCKS proxy, TLS that redirects to plain http, non-ASCII host names, and persistent
// connections.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request as httpRequest, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signedFetch } from "@oauth1/client";
import { axiosSigner } from "@oauth1/client/axios";
import { gotSigner } from "@oauth1/client/got";
import { nodeSigner } from "@oauth1/client/node";
import { superagentSigner } from "@oauth1/client/superagent";
import { undiciSigner } from "@oauth1/client/undici";
import { createSigner } from "@oauth1/signer";
import { nodeVerifier } from "@oauth1/verifier/node";
import axios from "axios";
import got from "got";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { SocksProxyAgent } from "socks-proxy-agent";
import superagent from "superagent";
import {
  Agent,
  type Dispatcher,
  EnvHttpProxyAgent,
  ProxyAgent,
  request,
  fetch as undiciFetch,
} from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { client, testVerifier } from "./test-verifier.js";

const signer = createSigner({ client });

let verified = 0;
/** The remote ports, to count the connections. */
const connections = new Set<number | undefined>();
const listener = nodeVerifier(testVerifier(), (incoming, response) => {
  verified++;
  connections.add(incoming.socket.remotePort);
  incoming.resume();
  response.end("ok");
});
const server = createServer(listener);

/** The requests to a server that must not receive a signature. */
let elsewhere: string[] = [];
const plain = createServer((incoming, response) => {
  elsewhere.push(`${incoming.url} ${JSON.stringify(incoming.headers)}`);
  response.end("plain");
});

let tunnels = 0;
let forwarded = 0;
const proxy = createServer((incoming, response) => {
  forwarded++;
  const { method, headers } = incoming;
  const onward = httpRequest(incoming.url ?? "", { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  incoming.pipe(onward);
});
proxy.on("connect", ({ url = "" }, socket) => {
  tunnels++;
  const [host, port] = url.split(":");
  const onward = connect(Number(port), host, () => {
    socket.write("HTTP/1.1 200 Connected\r\n\r\n");
    onward.pipe(socket).pipe(onward);
  });
  onward.on("error", () => socket.destroy());
  socket.on("error", () => onward.destroy());
});

const portOf = (listening: Server) => (listening.address() as AddressInfo).port;
let origin = "";
let proxyUrl = "";
beforeAll(async () => {
  for (const one of [server, proxy, plain]) {
    await new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve));
  }
  origin = `http://127.0.0.1:${portOf(server)}`;
  proxyUrl = `http://127.0.0.1:${portOf(proxy)}`;
});
afterAll(() => {
  for (const one of [server, proxy, plain]) {
    one.close();
    one.closeAllConnections();
  }
});
beforeEach(() => {
  verified = tunnels = forwarded = 0;
  connections.clear();
  elsewhere = [];
});

/** Signs undici's fetch through a dispatcher. */
const fetchThrough = (dispatcher: Dispatcher) =>
  signedFetch(signer, {
    fetch: ((url: string, init: object) =>
      undiciFetch(url, { ...init, dispatcher })) as unknown as typeof fetch,
  });

const form = new URLSearchParams({ a: "1 +é" });
const axiosWith = (options: object) => {
  const api = axios.create(options);
  api.interceptors.request.use(axiosSigner(signer));
  return api;
};

describe("an HTTP proxy", () => {
  it("of undici's agents forwards signed requests of fetch and the interceptor", async () => {
    const dispatchers = [new ProxyAgent(proxyUrl), new EnvHttpProxyAgent({ httpProxy: proxyUrl })];
    for (const dispatcher of dispatchers) {
      const fetch = fetchThrough(dispatcher);
      expect((await fetch(`${origin}/a?b`, { method: "POST", body: form })).status).toBe(200);
      const signing = dispatcher.compose(undiciSigner(signer, { origin }));
      expect((await request(`${origin}/a?b`, { dispatcher: signing })).statusCode).toBe(200);
      await dispatcher.close();
    }
    expect(verified).toBe(4);
    expect(tunnels + forwarded).toBeGreaterThanOrEqual(2);
  });

  it("forwards signed requests of axios, got, superagent and node:http", async () => {
    const agent = new HttpProxyAgent(proxyUrl);
    const tunnelling = new HttpsProxyAgent(proxyUrl);
    const byAxios = axiosWith({
      proxy: { protocol: "http", host: "127.0.0.1", port: portOf(proxy) },
    });
    expect((await byAxios.post(`${origin}/a?b`, form)).status).toBe(200);
    expect((await axiosWith({ httpAgent: agent, proxy: false }).get(origin)).status).toBe(200);
    // http-proxy-agent sends got's header section twice, signed or not, so got uses a tunnel.
    const api = got.extend(gotSigner(signer), { agent: { http: tunnelling as never } });
    expect((await api.post(`${origin}/a?b`, { form: { a: "1" } })).body).toBe("ok");
    const bySuperagent = superagent.get(`${origin}/a?b`).use(superagentSigner(signer)).agent(agent);
    expect((await bySuperagent).text).toBe("ok");
    const { options } = nodeSigner(signer)(`${origin}/a?b`, { agent });
    const status = await new Promise((resolve, reject) => {
      httpRequest(options, ({ statusCode }) => resolve(statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(200);
    expect(verified).toBe(5);
    expect(tunnels).toBe(1);
    expect(forwarded).toBe(4);
  });
});

const hasSocks = spawnSync("microsocks", ["-?"]).error === undefined;
if (!hasSocks) {
  const missing = "microsocks is not installed (on Debian: apt-get install microsocks)";
  if (process.env["CI"]) throw new Error(missing);
  console.error(`SKIPPED: ${missing}`);
}

it.skipIf(!hasSocks)("a SOCKS proxy forwards signed requests", async () => {
  const free = createTcpServer();
  await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const socks = spawn("microsocks", ["-i", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  try {
    const isUp = () =>
      new Promise<boolean>((resolve) => {
        const probe = connect(port, "127.0.0.1", () => resolve(probe.destroy() !== undefined));
        probe.on("error", () => resolve(false));
      });
    while (!(await isUp())) await new Promise((resolve) => setTimeout(resolve, 20));
    const agent = new SocksProxyAgent(`socks5://127.0.0.1:${port}`);
    expect((await axiosWith({ httpAgent: agent }).post(`${origin}/a?b`, form)).status).toBe(200);
    const api = got.extend(gotSigner(signer));
    expect((await api(`${origin}/a?b`, { agent: { http: agent as never } })).body).toBe("ok");
    expect(verified).toBe(2);
  } finally {
    socks.kill();
  }
});

describe("https that redirects to http", () => {
  it("leads to another origin, which receives no signature", async () => {
    const folder = mkdtempSync(join(tmpdir(), "oauth1-tls-"));
    const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
      ].concat(["1", "-subj", "/CN=localhost", "-keyout", keyFile, "-out", certFile]),
      { stdio: "ignore" },
    );
    let signedHere = 0;
    const tls = createTlsServer(
      { key: readFileSync(keyFile), cert: readFileSync(certFile) },
      (incoming, response) => {
        if (/oauth_signature/.test(String(incoming.headers.authorization))) signedHere++;
        response.writeHead(302, { Location: `http://127.0.0.1:${portOf(plain)}/plain` }).end();
      },
    );
    rmSync(folder, { recursive: true });
    await new Promise<void>((resolve) => tls.listen(0, "127.0.0.1", resolve));
    const url = `https://127.0.0.1:${portOf(tls)}/`;
    const insecure = new Agent({ connect: { rejectUnauthorized: false } });
    const fetch = fetchThrough(insecure);
    expect(await (await fetch(url)).text()).toBe("plain");
    const { Agent: HttpsAgent } = await import("node:https");
    const httpsAgent = new HttpsAgent({ rejectUnauthorized: false });
    expect((await axiosWith({ httpsAgent }).get(url)).data).toBe("plain");
    const api = got.extend(gotSigner(signer), { https: { rejectUnauthorized: false } });
    expect((await api(url)).body).toBe("plain");
    const bySuperagent = superagent.get(url).use(superagentSigner(signer)).disableTLSCerts();
    expect((await bySuperagent).text).toBe("plain");
    expect(signedHere).toBe(4);
    expect(elsewhere).toHaveLength(4);
    expect(elsewhere.join()).not.toMatch(/oauth_|authorization/i);
    await insecure.close();
    tls.close();
    tls.closeAllConnections();
  });
});

describe("a non-ASCII host name", () => {
  it("is signed as it is sent", async () => {
    const url = `http://bücher.example:${portOf(server)}/a?b`;
    type Lookup = (
      host: string,
      options: { all?: boolean },
      callback: (error: null, address: unknown, family?: number) => void,
    ) => void;
    const asked: string[] = [];
    const lookup: Lookup = (host, { all }, callback) => {
      asked.push(host);
      if (all) callback(null, [{ address: "127.0.0.1", family: 4 }]);
      else callback(null, "127.0.0.1", 4);
    };
    const dispatcher = new Agent({ connect: { lookup: lookup as never } });
    const fetch = fetchThrough(dispatcher);
    expect((await fetch(url)).status).toBe(200);
    const api = got.extend(gotSigner(signer));
    expect((await api(url, { dnsLookup: lookup as never })).body).toBe("ok");
    expect((await axiosWith({ lookup }).get(url)).status).toBe(200);
    const bySuperagent = superagent
      .get(url)
      .use(superagentSigner(signer))
      .lookup(lookup as never);
    expect((await bySuperagent).text).toBe("ok");
    expect(new Set(asked)).toEqual(new Set(["xn--bcher-kva.example"]));
    expect(verified).toBe(4);
    await dispatcher.close();
  });
});

it("a persistent connection serves signed requests one after the other", async () => {
  const fetch = signedFetch(signer);
  for (let index = 0; index < 20; index++) {
    const response = await fetch(`${origin}/${index}`, { method: "POST", body: form });
    expect(await response.text()).toBe("ok");
  }
  expect(verified).toBe(20);
  expect(connections.size).toBeLessThan(5);
});
