// Attacks over real HTTP, octet by octet. The attacker has seen one signed request and can send
// anything, but does not know the client's secrets.
import { serializeAuthorizationHeader } from "@oauth1/auth-header";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import type { SignerOptions, Transmission } from "@oauth1/signer";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Answer,
  client,
  head,
  serve,
  signed,
  type TestServer,
  testVerifier,
  token,
} from "./verifying-server.js";

const FORM = "application/x-www-form-urlencoded";

let server: TestServer;
beforeAll(async () => {
  server = await serve(testVerifier({ nonces: memoryNonceStore({ since: 0 }) }));
});
afterAll(() => server.close());

/** Returns the Authorization header of a request to the server. */
function authorization(
  target: string,
  {
    method = "GET",
    body,
    ...options
  }: { method?: string; body?: string } & Partial<SignerOptions> = {},
): string {
  const request = {
    method,
    url: `${server.origin}${target}`,
    ...(body !== undefined && { body, headers: { "Content-Type": FORM } }),
  };
  return signed<string>(request as never, options).headers["Authorization"] ?? "";
}

type Fields = Record<string, string>;

function get(
  target: string,
  fields: Fields,
  requestLine = `GET ${target} HTTP/1.1`,
): Promise<Answer> {
  return server.raw(head(requestLine, { Host: server.host, Connection: "close", ...fields }));
}

function post(target: string, body: string, fields: Fields): Promise<Answer> {
  const headers = {
    Host: server.host,
    "Content-Type": FORM,
    "Content-Length": String(Buffer.byteLength(body)),
    ...fields,
  };
  return server.raw(head(`POST ${target} HTTP/1.1`, headers) + body);
}

/** Expects a rejection with this status and problem, and that nothing reached the handler. */
async function rejected(answer: Promise<Answer>, status: number, problem?: string): Promise<void> {
  const before = server.handled.length;
  const { headers, ...received } = await answer;
  expect(received.status).toBe(status);
  const challenge = headers.get("WWW-Authenticate") ?? "";
  if (problem === undefined) expect(challenge).not.toContain("oauth_problem=");
  else expect(challenge).toContain(`oauth_problem="${problem}"`);
  expect(server.handled.length).toBe(before);
}

async function accepted(answer: Promise<Answer>): Promise<void> {
  expect((await answer).status).toBe(200);
}

describe("a replay", () => {
  it("is rejected: the verifier accepts one of 200 copies sent at once", async () => {
    const Authorization = authorization("/replay");
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => get("/replay", { Authorization })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(199);
  });

  it("does not include the same nonce with another timestamp, or of another client", async () => {
    const now = Math.floor(Date.now() / 1000);
    const nonce = () => "the same";
    for (const clock of [() => now, () => now - 1]) {
      await accepted(get("/", { Authorization: authorization("/", { clock, nonce }) }));
      await rejected(
        get("/", { Authorization: authorization("/", { clock, nonce }) }),
        401,
        "nonce_used",
      );
    }
    const Authorization = authorization("/", { clock: () => now, nonce, token: undefined });
    await accepted(get("/", { Authorization }));
  });

  it("is rejected in another transmission or spelling", async () => {
    const Authorization = authorization("/photos?a=b%20c");
    await accepted(get("/photos?a=b%20c", { Authorization }));
    for (const [target, header] of [
      ["/photos?a=b+c", Authorization],
      ["/photos?%61=b%20c", Authorization],
      ["/photos?&a=b%20c&", Authorization],
      ["/photos?a=b%20c", Authorization.replace("OAuth ", "oauth\t")],
      ["/photos?a=b%20c", Authorization.replace("OAuth ", 'OAuth realm="other",')],
      ["/photos?a=b%20c", Authorization.replaceAll("%2B", "%2b").replaceAll("%3D", "%3d")],
    ] as const) {
      await rejected(get(target, { Authorization: header }), 401, "nonce_used");
    }
    const parameters = Authorization.slice(6).replaceAll('"', "").replaceAll(", ", "&");
    await rejected(get(`/photos?a=b%20c&${parameters}`, {}), 401, "nonce_used");
    await rejected(
      server.raw(head("GET /photos?a=b%20c HTTP/1.0", { Host: server.host, Authorization })),
      401,
      "nonce_used",
    );
  });
});

describe("a timestamp", () => {
  it.each([-100_000, -301, 302, 100_000])("is rejected %d seconds from now", async (seconds) => {
    const clock = () => Math.floor(Date.now() / 1000) + seconds;
    await rejected(
      get("/", { Authorization: authorization("/", { clock }) }),
      401,
      "timestamp_refused",
    );
  });

  it("is signed: an old request with a new timestamp is rejected", async () => {
    const Authorization = authorization("/").replace(
      /oauth_timestamp="\d+"/,
      `oauth_timestamp="${Math.floor(Date.now() / 1000) + 7}"`,
    );
    await rejected(get("/", { Authorization }), 401, "signature_invalid");
  });
});

describe("downgrade", () => {
  it("rejects another request method, and ignores method override headers", async () => {
    const Authorization = authorization("/");
    for (const method of ["POST", "DELETE", "HEAD", "get", "PROPFIND"]) {
      if (method === "get") continue;
      await rejected(
        server.raw(
          head(`${method} / HTTP/1.1`, { Host: server.host, "Content-Length": "0", Authorization }),
        ),
        401,
        "signature_invalid",
      );
    }
    await rejected(
      post("/", "_method=GET", {
        Authorization,
        "X-HTTP-Method-Override": "GET",
        "Content-Type": "text/plain",
      }),
      401,
      "signature_invalid",
    );
  });

  it.each(["PLAINTEXT", "HMAC-MD5", "hmac-sha1", "none", "", "RSA-SHA1"])(
    "rejects the signature method %j",
    async (method) => {
      const Authorization = authorization("/").replace(
        'oauth_signature_method="HMAC-SHA1"',
        `oauth_signature_method="${method}"`,
      );
      await rejected(get("/", { Authorization }), 400, "signature_method_rejected");
    },
  );

  it("rejects a change between two accepted methods", async () => {
    const both = await serve(testVerifier({ signatureMethods: [hmacSha1, hmacSha256] }));
    const { url, headers } = signed(
      { method: "GET", url: `${both.origin}/` },
      { signatureMethod: hmacSha256 },
    );
    const Authorization = headers["Authorization"]?.replace("HMAC-SHA256", "HMAC-SHA1") ?? "";
    expect((await fetch(url, { headers: { Authorization } })).status).toBe(401);
    expect((await fetch(url, { headers })).status).toBe(200);
    await both.close();
  });
});

describe("stripping", () => {
  it("rejects a request without the header, or without signed parameters", async () => {
    await rejected(get("/", {}), 401, "parameter_absent");
    await rejected(get("/", { Authorization: 'OAuth realm="Photos"' }), 401, "parameter_absent");
  });

  it.each(["oauth_signature", "oauth_nonce", "oauth_timestamp", "oauth_signature_method"])(
    "rejects a request without %s",
    async (name) => {
      const Authorization = authorization("/").replace(new RegExp(`, ${name}="[^"]*"`), "");
      await rejected(get("/", { Authorization }), 400, "parameter_absent");
    },
  );

  it("rejects a request without the token or the version", async () => {
    for (const name of ["oauth_token", "oauth_version"]) {
      const Authorization = authorization("/").replace(new RegExp(`, ${name}="[^"]*"`), "");
      await rejected(get("/", { Authorization }), 401, "signature_invalid");
    }
  });
});

describe("pollution", () => {
  it("rejects protocol parameters in header, query and body together", async () => {
    await rejected(
      get("/?oauth_token=x", { Authorization: authorization("/") }),
      400,
      "parameter_rejected",
    );
    await rejected(
      get(`/?oauth_consumer_key=${client.identifier}`, { Authorization: authorization("/") }),
      400,
      "parameter_rejected",
    );
    await rejected(
      get("/?%6fauth_x", { Authorization: authorization("/") }),
      400,
      "parameter_rejected",
    );
    await rejected(
      post("/", "oauth_callback=x", { Authorization: authorization("/") }),
      400,
      "parameter_rejected",
    );
    const { url, body } = signed(
      { method: "POST", url: `${server.origin}/`, body: new URLSearchParams("a=1") },
      { transmission: "form-body" },
    );
    await rejected(post("/?oauth_nonce=x", String(body), {}), 400, "parameter_rejected");
    expect(url).toBe(`${server.origin}/`);
  });

  it("rejects parameters that the client did not send", async () => {
    await rejected(
      get("/?admin=1", { Authorization: authorization("/") }),
      401,
      "signature_invalid",
    );
    await rejected(
      get("/?a=1&a=2", { Authorization: authorization("/?a=1") }),
      401,
      "signature_invalid",
    );
    await rejected(
      post("/", "admin=1", { Authorization: authorization("/", { method: "POST" }) }),
      401,
      "signature_invalid",
    );
  });

  it.each(["oauth_nonce", "oauth_consumer_key", "oauth_signature", "oauth_version", "oauth_x"])(
    "rejects %s twice, in the header, the query or the body",
    async (name) => {
      const once = authorization("/");
      const twice = `${once}, ${name}="x", ${name}="x"`;
      await rejected(get("/", { Authorization: twice }), 400, "parameter_rejected");
      for (const transmission of ["query", "form-body"] as const) {
        const { url, body } = signed<string>(
          { method: "POST", url: `${server.origin}/`, body: "", headers: { "Content-Type": FORM } },
          { transmission },
        );
        const target = url.slice(server.origin.length);
        const again = `&${name}=x&%6Fauth_${name.slice(6)}=x`;
        await rejected(
          transmission === "query" ? get(target + again, {}) : post(target, body + again, {}),
          400,
          "parameter_rejected",
        );
      }
    },
  );

  it("rejects a second Authorization header", async () => {
    const Authorization = authorization("/");
    for (const other of [Authorization, "Bearer abc", "OAuth"]) {
      const fields: [string, string][] = [
        ["Host", server.host],
        ["Authorization", other],
        ["authorization", Authorization],
      ];
      await rejected(server.raw(head("GET / HTTP/1.1", fields)), 400, "parameter_rejected");
    }
  });

  it("lists the rejected parameters briefly, without the values of signatures", async () => {
    const Authorization = authorization("/");
    const { headers } = await get(`/?oauth_signature=secret&oauth_x=${"y".repeat(5000)}`, {
      Authorization,
    });
    const challenge = headers.get("WWW-Authenticate") ?? "";
    expect(challenge).toContain('oauth_parameters_rejected="oauth_signature%26oauth_x%3Dyyy');
    expect(challenge).not.toContain("secret");
    expect(challenge.length).toBeLessThan(1000);
  });
});

describe("moved parameters", () => {
  it("are accepted between query and body, but not in the path", async () => {
    const inQuery = authorization("/photos?file=a&size=b", { method: "POST" });
    // RFC 5849 §3.4.1.3.1 signs both sources alike, so the server must not distinguish them either.
    await accepted(post("/photos?file=a", "size=b", { Authorization: inQuery }));
    const again = authorization("/photos?file=a&size=b", { method: "POST" });
    await rejected(
      post("/photos/file=a", "size=b", { Authorization: again }),
      401,
      "signature_invalid",
    );
    await rejected(
      post("/photos?file=a", "size=b", { Authorization: again, "Content-Type": "text/plain" }),
      401,
      "signature_invalid",
    );
  });

  it("are rejected across the boundaries of names and values", async () => {
    for (const [signedTarget, sentTarget] of [
      ["/?a=b%26c%3Dd", "/?a=b&c=d"],
      ["/?a=b&c=d", "/?a=b%26c%3Dd"],
      ["/?a=b%3Dc", "/?a%3Db=c"],
      ["/?a=1&b=2", "/?a=2&b=1"],
      ["/%61", "/a"],
      ["/a/../b", "/b"],
      ["/a//b", "/a/b"],
      ["/a", "/a/"],
      ["/A", "/a"],
    ] as const) {
      const Authorization = authorization(signedTarget);
      await rejected(get(sentTarget, { Authorization }), 401, "signature_invalid");
      await accepted(get(signedTarget, { Authorization }));
    }
  });
});

describe("host and port confusion", () => {
  it.each(["evil.example", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:443"])(
    "rejects Host: %s",
    async (Host) => {
      await rejected(
        get("/", { Host, Authorization: authorization("/") }),
        401,
        "signature_invalid",
      );
    },
  );

  it.each([
    "127.0.0.1:99999",
    "127.0.0.1:port",
    "evil.example/path?",
    "evil.example#",
    "user@127.0.0.1",
    "evil.example\\",
    "a b",
    "☃",
    "[::1",
    "",
  ])("rejects a malformed Host: %s", async (Host) => {
    await rejected(get("/", { Host, Authorization: authorization("/") }), 400);
  });

  it("rejects two Host headers and none", async () => {
    const Authorization = authorization("/");
    const two: [string, string][] = [
      ["Host", server.host],
      ["Host", "evil.example"],
      ["Authorization", Authorization],
    ];
    await rejected(server.raw(head("GET / HTTP/1.1", two)), 400);
    await rejected(server.raw(head("GET / HTTP/1.0", { Authorization })), 400);
  });

  it("accepts the host in another case and with the default port", async () => {
    const url = "http://api.example.com/";
    for (const Host of [
      "API.example.COM",
      "api.example.com:80",
      "api.example.com:080",
      "api.example.com:",
    ]) {
      const { headers } = signed({ method: "GET", url });
      const Authorization = headers["Authorization"] ?? "";
      await accepted(get("/", { Host, Authorization }));
    }
  });
});

describe("request-target", () => {
  it("accepts absolute-form, with the scheme in any case", async () => {
    for (const scheme of ["http", "HTTP", "hTTp"]) {
      const target = `${scheme}://${server.host}/photos?a=b`;
      await accepted(get(target, { Authorization: authorization("/photos?a=b") }));
    }
    await accepted(get(`http://${server.host}`, { Authorization: authorization("/") }));
  });

  it("rejects absolute-form for another host", async () => {
    for (const target of [
      "http://evil.example/photos",
      `https://${server.host}/photos`,
      `http://user@${server.host}/photos`,
      `http://evil.example\\@${server.host}/photos`,
      "http:///photos",
      `ftp://${server.host}/photos`,
      `http:/${server.host}/photos`,
    ]) {
      await rejected(get(target, { Authorization: authorization("/photos") }), 400);
    }
  });

  it("rejects a target that is not a path", async () => {
    const Authorization = authorization("/");
    await rejected(get("*", { Authorization }, "OPTIONS * HTTP/1.1"), 400);
    await rejected(get("photos", { Authorization }), 400);
    await rejected(get("/#fragment", { Authorization: authorization("/") }), 400);
    await rejected(get("//evil.example/", { Authorization }), 401, "signature_invalid");
  });
});

describe("X-Forwarded-* and Forwarded", () => {
  const spoofed: Fields[] = [
    { "X-Forwarded-Host": "api.example.com", "X-Forwarded-Proto": "https" },
    { Forwarded: 'for=10.0.0.1;host="api.example.com";proto=https' },
    { "X-Original-URL": "/admin", "X-Rewrite-URL": "/admin", "X-Forwarded-Prefix": "/admin" },
  ];
  const forPublic = () =>
    signed({ method: "GET", url: "https://api.example.com/photos" }).headers["Authorization"] ?? "";

  it("are ignored if no proxy is trusted", async () => {
    for (const fields of spoofed) {
      await rejected(
        get("/photos", { ...fields, Authorization: forPublic() }),
        401,
        "signature_invalid",
      );
      await accepted(get("/photos", { ...fields, Authorization: authorization("/photos") }));
    }
  });

  it("are ignored from an untrusted peer", async () => {
    const trusting = await serve(
      testVerifier({
        trustedProxies: {
          addresses: ["10.0.0.0/8", "::1", "192.0.2.7"],
          fields: ["x-forwarded-host", "x-forwarded-proto"],
        },
      }),
    );
    const { status } = await trusting.raw(
      head("GET /photos HTTP/1.1", {
        Host: trusting.host,
        ...spoofed[0],
        Authorization: forPublic(),
      }),
    );
    expect(status).toBe(401);
    await trusting.close();
  });

  it("determine the requested URL if they come from a trusted proxy", async () => {
    const addresses = ["127.0.0.0/8"];
    const cases = [
      { fields: ["x-forwarded-host", "x-forwarded-proto"] as const, sent: spoofed[0] },
      { fields: ["forwarded"] as const, sent: spoofed[1] },
    ];
    for (const { fields, sent } of cases) {
      const trusting = await serve(testVerifier({ trustedProxies: { addresses, fields } }));
      const ask = async (further: Fields) =>
        (
          await trusting.raw(
            head("GET /photos HTTP/1.1", {
              Host: trusting.host,
              Authorization: forPublic(),
              ...sent,
              ...further,
            }),
          )
        ).status;
      expect(await ask({})).toBe(200);
      // A header that is not in the proxy's list is the client's.
      const other: Fields =
        fields.length === 1
          ? { "X-Forwarded-Host": "evil.example" }
          : { Forwarded: "host=evil.example" };
      expect(await ask(other)).toBe(200);
      const doubtful: Fields =
        fields.length === 1
          ? { Forwarded: "host=evil.example;proto=https, host=api.example.com;proto=https" }
          : { "X-Forwarded-Host": "evil.example, api.example.com" };
      expect(await ask(doubtful)).toBe(400);
      const malformed: Fields =
        fields.length === 1
          ? { Forwarded: 'host="api.example.com/x?";proto=https' }
          : { "X-Forwarded-Host": "api.example.com/x?" };
      expect(await ask(malformed)).toBe(400);
      const scheme: Fields =
        fields.length === 1
          ? { Forwarded: "host=api.example.com;proto=gopher" }
          : { "X-Forwarded-Proto": "gopher" };
      expect(await ask(scheme)).toBe(400);
      await trusting.close();
    }
  });

  it("are overridden by publicOrigin, like Host and scheme", async () => {
    const fixed = await serve(testVerifier({ publicOrigin: "https://API.example.com:443" }));
    for (const Host of [fixed.host, "api.example.com", "evil.example"]) {
      const fields = { Host, "X-Forwarded-Host": "evil.example", Authorization: forPublic() };
      expect((await fixed.raw(head("GET /photos HTTP/1.1", fields))).status).toBe(200);
    }
    const own = signed({ method: "GET", url: `${fixed.origin}/photos` });
    expect((await fetch(own.url, { headers: own.headers })).status).toBe(401);
    await fixed.close();
  });
});

describe("header injection", () => {
  it("returns line breaks in a parameter encoded or not at all", async () => {
    const parameters: [string, string][] = [
      ["oauth_consumer_key", 'a"\r\nSet-Cookie: admin=1'],
      ["oauth_x", '\r\n\r\n<script>"'],
    ];
    const Authorization = serializeAuthorizationHeader({ parameters });
    for (const target of ["/", "/?oauth_y=%0d%0aSet-Cookie:%20a=b"]) {
      const answer = await get(target, { Authorization });
      expect(answer.status).toBe(400);
      expect(answer.headers.get("Set-Cookie")).toBeNull();
      expect(answer.body).not.toMatch(/[<>"\r\n]/);
    }
  });

  it("rejects line breaks, folded lines and NUL in the header itself", async () => {
    const Authorization = authorization("/");
    await accepted(get("/", { Authorization: Authorization.replaceAll(", ", " ,\t") }));
    for (const inserted of ["\0", "\x01", "\x7f", "\r\n ", "\n ", '"', "\\", "é"]) {
      const broken = authorization("/").replace(", oauth_nonce", `,${inserted} oauth_nonce`);
      const { status } = await get("/", { Authorization: broken });
      expect([200, 400]).toContain(status);
      if (!/^\s+$/.test(inserted)) expect(status).toBe(400);
    }
  });
});

describe("limits", () => {
  it("rejects a header that is too long", async () => {
    const Authorization = `${authorization("/")}, oauth_x="${"x".repeat(8192)}"`;
    await rejected(get("/", { Authorization }), 431);
    await rejected(get("/", { Authorization: "x".repeat(100_000) }), 431);
  });

  it("rejects a request-target that is too long", async () => {
    const target = `/?${"x".repeat(8192)}`;
    await rejected(get(target, { Authorization: authorization(target) }), 414);
  });

  it("rejects too many parameters in header and query", async () => {
    const many = Array.from({ length: 1001 }, (_, index) => `a${index}=""`).join(",");
    const small = await serve(
      testVerifier({ limits: { authorizationHeader: 16_000, parameters: 100 } }),
    );
    const ask = async (target: string, Authorization: string) =>
      (await small.raw(head(`GET ${target} HTTP/1.1`, { Host: small.host, Authorization }))).status;
    expect(await ask("/", `OAuth ${many}`)).toBe(431);
    expect(await ask(`/?${"&".repeat(100)}`, "OAuth")).toBe(414);
    await small.close();
  });

  it("rejects 100,000 parameters in a form at almost no cost", async () => {
    const body = "a=1&".repeat(100_000);
    const Authorization = authorization("/", { method: "POST" });
    await rejected(post("/", body, { Authorization }), 413);
    const start = process.cpuUsage();
    for (let index = 0; index < 10; index++) await post("/", body, { Authorization });
    const { user } = process.cpuUsage(start);
    // The octets of ten bodies, 4 MB, are read and counted, but not split.
    expect(user / 1000).toBeLessThan(2000);
  });

  it("accepts the maximum number of parameters", async () => {
    const body = Array.from({ length: 900 }, (_, index) => `a${index}=%2b`).join("&");
    await accepted(
      post("/", body, { Authorization: authorization("/", { method: "POST", body }) }),
    );
  });

  it("accepts the maximum length of a body, with Content-Length and in chunks", async () => {
    const limited = await serve(testVerifier({ limits: { body: 6 } }));
    const body = "a=1234";
    for (const framing of [
      { "Content-Length": "6" },
      { "Transfer-Encoding": "chunked" },
    ] as const) {
      const { headers } = signed({
        method: "POST",
        url: `http://${limited.host}/`,
        headers: { "Content-Type": FORM },
        body,
      });
      const request = head("POST / HTTP/1.1", { ...headers, ...framing, Host: limited.host });
      const sent = "Content-Length" in framing ? body : `6\r\n${body}\r\n0\r\n\r\n`;
      await accepted(limited.raw(request + sent));
    }
    await limited.close();
  });

  it("decodes nested percent-encoding once", async () => {
    const deep = `%${"25".repeat(2000)}41`;
    await accepted(get(`/?a=${deep}`, { Authorization: authorization(`/?a=${deep}`) }));
    await rejected(
      get(`/?a=%${"25".repeat(1999)}41`, { Authorization: authorization(`/?a=${deep}`) }),
      401,
      "signature_invalid",
    );
    const name = authorization("/").replace("oauth_nonce", "%256fauth_nonce");
    await rejected(get("/", { Authorization: name }), 400, "parameter_absent");
  });

  it("stops reading a chunked form over the limit before its end", async () => {
    const chunk = `10000\r\n${"a".repeat(65_536)}\r\n`;
    const request = head("POST / HTTP/1.1", {
      Host: server.host,
      "Content-Type": FORM,
      "Transfer-Encoding": "chunked",
      Authorization: authorization("/", { method: "POST" }),
    });
    await rejected(server.raw(request + chunk.repeat(17)), 413);
  });

  it("does not wait for a form whose Content-Length is too large", async () => {
    const request = head("POST / HTTP/1.1", {
      Host: server.host,
      "Content-Type": FORM,
      "Content-Length": "1000000000",
      Authorization: authorization("/", { method: "POST" }),
    });
    await rejected(server.raw(request), 413);
  });
});

describe("octets that are not UTF-8 text", () => {
  it("are signed as they are if they are invalid UTF-8 or NUL, in query and form", async () => {
    for (const text of ["a=%ff", "a=%c0%80", "a=%ed%a0%80", "%00=%00", "a=%f5%80%80%80"]) {
      await accepted(get(`/?${text}`, { Authorization: authorization(`/?${text}`) }));
      await accepted(
        post("/", text, { Authorization: authorization("/", { method: "POST", body: text }) }),
      );
    }
    const raw = Buffer.from([0x61, 0x3d, 0xff, 0x00, 0x80]);
    const { headers } = signed<Uint8Array>({
      method: "POST",
      url: `${server.origin}/`,
      headers: { "Content-Type": FORM },
      body: raw,
    });
    const fields = { Host: server.host, "Content-Length": "5", ...headers };
    const { status } = await server.raw(
      Buffer.concat([Buffer.from(head("POST / HTTP/1.1", fields)), raw]),
    );
    expect(status).toBe(200);
    expect(server.handled.at(-1)?.body).toEqual(raw);
  });

  it("are rejected in a protocol parameter", async () => {
    for (const value of ["%ff", "%c0%80", "%ed%a0%80", "%", "%0", "%zz"]) {
      const Authorization = authorization("/").replace(
        /oauth_nonce="[^"]*"/,
        `oauth_nonce="${value}"`,
      );
      await rejected(get("/", { Authorization }), 400, "parameter_rejected");
      const { url } = signed(
        { method: "GET", url: `${server.origin}/` },
        { transmission: "query" },
      );
      const target = url
        .slice(server.origin.length)
        .replace(/oauth_nonce=[^&]*/, `oauth_nonce=${value}`);
      await rejected(get(target, {}), 400, "parameter_rejected");
    }
  });

  it("are rejected with a broken escape in query or form", async () => {
    await rejected(
      get("/?a=%zz", { Authorization: authorization("/") }),
      400,
      "parameter_rejected",
    );
    await rejected(
      post("/", "a=%", { Authorization: authorization("/", { method: "POST" }) }),
      400,
      "parameter_rejected",
    );
  });

  it("are rejected raw in the request-target", async () => {
    for (const octet of [0x00, 0x01, 0x7f, 0x80, 0xff]) {
      const request = Buffer.from(
        head("GET /? HTTP/1.1", { Host: server.host, Authorization: authorization("/") }).replace(
          "/?",
          "/?a",
        ),
        "latin1",
      );
      request[6] = octet;
      const before = server.handled.length;
      expect((await server.raw(request)).status).toBe(400);
      expect(server.handled.length).toBe(before);
    }
  });
});

describe("bodies", () => {
  it("rejects another form under a signed header", async () => {
    const Authorization = authorization("/", { method: "POST", body: "amount=1&to=a" });
    for (const body of ["amount=1&to=b", "amount=1", "amount=1&to=a&to=b", ""]) {
      await rejected(post("/", body, { Authorization }), 401, "signature_invalid");
    }
    await accepted(post("/", "amount=1&to=a", { Authorization }));
  });

  it("rejects a signed form with another content type", async () => {
    const Authorization = authorization("/", { method: "POST", body: "amount=1" });
    for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x"]) {
      await rejected(
        post("/", "amount=1", { Authorization, "Content-Type": type }),
        401,
        "signature_invalid",
      );
    }
    const two: [string, string][] = [
      ["Host", server.host],
      ["Authorization", Authorization],
      ["Content-Type", "application/json"],
      ["Content-Type", FORM],
      ["Content-Length", "8"],
    ];
    await rejected(server.raw(`${head("POST / HTTP/1.1", two)}amount=1`), 400);
  });

  it("signs JSON with the content type of a form as one name", async () => {
    const json = '{"amount":1}';
    const Authorization = authorization("/", { method: "POST", body: json });
    await rejected(post("/", '{"amount":2}', { Authorization }), 401, "signature_invalid");
    await rejected(
      post("/", json, { Authorization: authorization("/", { method: "POST" }) }),
      401,
      "signature_invalid",
    );
    await accepted(post("/", json, { Authorization }));
  });

  it("rejects changed JSON with a body hash, but not without (RFC 5849 §4.12)", async () => {
    const strict = await serve(testVerifier({ requireBodyHash: true }));
    const request = {
      method: "POST",
      url: `${strict.origin}/`,
      body: '{"amount":1}',
      headers: { "Content-Type": "application/json" },
    };
    const send = async ({ headers }: { headers: Readonly<Record<string, string>> }, body: string) =>
      (await fetch(request.url, { method: "POST", headers, body })).status;
    expect(await send(signed<string>(request), request.body)).toBe(400);
    expect(await send(signed<string>(request, { bodyHash: true }), '{"amount":2}')).toBe(401);
    expect(await send(signed<string>(request, { bodyHash: true }), request.body)).toBe(200);
    await strict.close();
  });

  it("does not pass an incomplete body to a handler", async () => {
    const before = server.handled.length;
    const request = head("POST / HTTP/1.1", {
      Host: server.host,
      "Content-Type": FORM,
      "Content-Length": "100",
      Authorization: authorization("/", { method: "POST" }),
    });
    const { connect } = await import("node:net");
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, "127.0.0.1", () => {
        socket.write(`${request}a=1`, () => setTimeout(() => socket.destroy(), 50));
      });
      socket.on("close", () => resolve());
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.handled.length).toBe(before);
  });
});

describe("an attempt to use other credentials is rejected", () => {
  it.each<[string, Partial<SignerOptions>, string]>([
    ["an unknown client", { client: { ...client, identifier: "unknown" } }, "consumer_key_unknown"],
    ["a guessed client secret", { client: { ...client, sharedSecret: "" } }, "signature_invalid"],
    ["an unknown token", { token: { ...token, identifier: "unknown" } }, "token_rejected"],
    ["a guessed token secret", { token: { ...token, sharedSecret: "" } }, "signature_invalid"],
    [
      "a token of its own secret only",
      { client: { ...client, sharedSecret: token.sharedSecret } },
      "signature_invalid",
    ],
  ])("%s", async (_, options, problem) => {
    for (const transmission of ["header", "query"] satisfies Transmission[]) {
      const { url, headers } = signed(
        { method: "GET", url: `${server.origin}/` },
        { ...options, transmission },
      );
      await rejected(get(url.slice(server.origin.length), { ...headers }), 401, problem);
    }
  });
});
