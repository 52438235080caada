// Requests that do not come directly from a socket: made from an event by the libraries for Lambda,
// injected into Fastify, already read by a platform's body parser, or with the start of their path
// removed by a gateway.
import "reflect-metadata";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import serverlessExpress from "@codegenie/serverless-express";
import awsLambdaFastify from "@fastify/aws-lambda";
import { http as registerFunction } from "@google-cloud/functions-framework";
import { getTestServer } from "@google-cloud/functions-framework/testing";
import { type MiddlewareConsumer, Module, type NestModule } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import { isMissing, startNginx } from "@oauth1/test-servers";
import type { Verifier } from "@oauth1/verifier";
import { expressVerifier } from "@oauth1/verifier/express";
import { fastifyVerifier, verifiedRequest } from "@oauth1/verifier/fastify";
import { nodeVerifier } from "@oauth1/verifier/node";
import express from "express";
import fastify from "fastify";
import serverlessHttp from "serverless-http";
import { describe, expect, it } from "vitest";
import {
  createListeningServer,
  listen,
  readAll,
  signed,
  testVerifier,
} from "./verifying-server.js";

const FORM = "application/x-www-form-urlencoded";

/** The requests of clients, with the public URL. */
interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const kinds = {
  "GET with a query": { method: "GET", body: undefined, type: undefined, bodyHash: false },
  "a form": { method: "POST", body: "a=%E2%98%83&b=2+q", type: FORM, bodyHash: false },
  "an empty form": { method: "POST", body: "", type: FORM, bodyHash: false },
  "JSON with a body hash": {
    method: "POST",
    body: '{"a":"☃"}',
    type: "application/json",
    bodyHash: true,
  },
} as const;
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];

function request(kind: Kind, origin: string): SignedRequest {
  const { method, body, type, bodyHash } = kinds[kind];
  const { url, headers } = signed<string | undefined>(
    {
      method,
      url: `${origin}/photos?file=vacation%20%26.jpg&size=a&size=b`,
      ...(body !== undefined && { body, headers: { "Content-Type": type } }),
    } as never,
    { bodyHash },
  );
  return { method, url, headers: { ...headers, Host: new URL(origin).host }, body };
}

/** The response of the handlers: the caller, and the form or the JSON that they read. */
function expected(kind: Kind): unknown {
  const read = { "a form": { a: "☃", b: "2 q" }, "JSON with a body hash": { a: "☃" } };
  return { account: 7, body: kind in read ? read[kind as keyof typeof read] : {} };
}

function expressApp(verifier: Verifier): express.Express {
  const app = express();
  app.use(expressVerifier(verifier), express.json());
  app.all("/photos", (incoming, response) => {
    // Some platforms put the octets there, and body parsers then ignore the stream.
    const body = Buffer.isBuffer(incoming.body)
      ? JSON.parse(String(incoming.body) || "{}")
      : incoming.body;
    response.json({ ...(response.locals["oauth1"].caller as object), body: body ?? {} });
  });
  return app;
}

async function fastifyApp(verifier: Verifier) {
  const app = fastify();
  await app.register(fastifyVerifier, { verifier });
  app.all("/photos", async (incoming) => ({
    ...(verifiedRequest(incoming).caller as object),
    body: incoming.body ?? {},
  }));
  return app;
}

interface Result {
  readonly statusCode: number;
  readonly body: string;
}

/** Events as documented by AWS, for the path that the function receives. */
const events = {
  "API Gateway v1": ({ method, url, headers, body }: SignedRequest, path: string) => {
    const { searchParams } = new URL(url);
    const names = [...new Set(searchParams.keys())];
    const every = names.map((name) => [name, searchParams.getAll(name)]);
    return {
      resource: "/{proxy+}",
      path,
      httpMethod: method,
      headers,
      multiValueHeaders: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, [value]]),
      ),
      queryStringParameters: Object.fromEntries(searchParams),
      multiValueQueryStringParameters: Object.fromEntries(every),
      pathParameters: { proxy: path.slice(1) },
      stageVariables: null,
      requestContext: {
        resourcePath: "/{proxy+}",
        httpMethod: method,
        path: new URL(url).pathname,
        stage: "prod",
        identity: { sourceIp: "192.0.2.1" },
      },
      body: body ?? null,
      isBase64Encoded: false,
    };
  },
  "API Gateway v2": ({ method, url, headers, body }: SignedRequest, path: string) => ({
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: new URL(url).search.slice(1),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    queryStringParameters: Object.fromEntries(
      [...new Set(new URL(url).searchParams.keys())].map((name) => [
        name,
        new URL(url).searchParams.getAll(name).join(","),
      ]),
    ),
    requestContext: {
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1" },
      stage: "$default",
    },
    ...(body !== undefined && { body: Buffer.from(body).toString("base64") }),
    isBase64Encoded: body !== undefined,
  }),
  ALB: ({ method, url, headers, body }: SignedRequest, path: string) => {
    // An ALB passes the query on encoded.
    const query: Record<string, string[]> = {};
    for (const pair of new URL(url).search.slice(1).split("&")) {
      const [name = "", value = ""] = pair.split("=");
      query[name] = [...(query[name] ?? []), value];
    }
    return {
      requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:us-east-2:1:t/a/1" } },
      httpMethod: method,
      path,
      multiValueQueryStringParameters: query,
      multiValueHeaders: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]]),
      ),
      headers: undefined,
      body: body ?? "",
      isBase64Encoded: false,
    };
  },
};
type EventName = keyof typeof events;

/** Each wraps an application in a function that receives events. */
const platforms: Record<
  string,
  {
    readonly events: readonly EventName[];
    start(verifier: Verifier): Promise<(event: never) => Promise<Result>>;
  }
> = {
  "serverless-http with Express": {
    events: ["API Gateway v1", "API Gateway v2"],
    start: async (verifier) => {
      const handler = serverlessHttp(expressApp(verifier));
      return async (event) => (await handler({ body: "", ...dropNull(event) }, {})) as Result;
    },
  },
  "@codegenie/serverless-express with Express": {
    events: ["API Gateway v1", "API Gateway v2", "ALB"],
    start: async (verifier) => {
      const handler = serverlessExpress.configure({ app: expressApp(verifier) });
      return (event) =>
        (handler as unknown as (event: unknown, context: unknown) => Promise<Result>)(event, {});
    },
  },
  "@fastify/aws-lambda": {
    events: ["API Gateway v1", "API Gateway v2", "ALB"],
    start: async (verifier) => {
      const handler = awsLambdaFastify(await fastifyApp(verifier), {
        albMultiValueHeaders: true,
      }) as unknown as (event: unknown, context: unknown) => Promise<Result>;
      return (event) => handler(event, {});
    },
  },
};

/** serverless-http does not accept `null`. */
function dropNull(event: object): object {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null));
}

describe.each(Object.entries(platforms))("%s", (_, platform) => {
  describe.each(platform.events)("%s", (name) => {
    it.each(kindNames)("verifies %s", async (kind) => {
      const verifier = testVerifier({ publicOrigin: "https://api.example.com" });
      const invoke = await platform.start(verifier);
      const event = events[name](request(kind, "https://api.example.com"), "/photos");
      const { statusCode, body } = await invoke(event as never);
      expect([statusCode, JSON.parse(body)]).toEqual([200, expected(kind)]);
    });

    it("rejects a body that was changed or moved to the query", async () => {
      const invoke = await platform.start(
        testVerifier({ publicOrigin: "https://api.example.com" }),
      );
      const form = request("a form", "https://api.example.com");
      const changed = { ...form, body: "a=1000000" };
      const moved = { ...changed, url: `${form.url}&${form.body}` };
      for (const sent of [changed, moved]) {
        const { statusCode } = await invoke(events[name](sent, "/photos") as never);
        expect(statusCode).toBe(401);
      }
      const json = request("JSON with a body hash", "https://api.example.com");
      const { statusCode } = await invoke(
        events[name]({ ...json, body: '{"a":1}' }, "/photos") as never,
      );
      expect(statusCode).toBe(401);
    });

    it("verifies below a stage that the gateway removes: publicPath", async () => {
      const origin = "https://api.example.com";
      const invoke = await platform.start(
        testVerifier({ publicOrigin: origin, publicPath: "/prod" }),
      );
      const event = events[name](request("a form", `${origin}/prod`), "/photos");
      expect((await invoke(event as never)).statusCode).toBe(200);
      const other = events[name](request("a form", origin), "/photos");
      expect((await invoke(other as never)).statusCode).toBe(401);
    });
  });
});

describe("serverless-http and @codegenie/serverless-express", () => {
  it.each(["serverless-http with Express", "@codegenie/serverless-express with Express"])(
    "%s needs no publicOrigin to know Host and https",
    async (name) => {
      const invoke = await platforms[name]?.start(testVerifier());
      const event = events["API Gateway v1"](
        request("a form", "https://api.example.com"),
        "/photos",
      );
      expect((await invoke?.(event as never))?.statusCode).toBe(200);
    },
  );
});

describe("Fastify's inject", () => {
  it.each(kindNames)("verifies %s", async (kind) => {
    const app = await fastifyApp(testVerifier());
    const { url, headers, method, body } = request(kind, "http://api.example.com");
    const response = await app.inject({
      method: method as "POST",
      url: url.slice("http://api.example.com".length),
      headers,
      ...(body !== undefined && { payload: body }),
    });
    expect([response.statusCode, response.json()]).toEqual([200, expected(kind)]);
  });

  it.each(["a form", "JSON with a body hash"] as const)(
    "verifies %s from a stream without Content-Length",
    async (kind) => {
      const app = await fastifyApp(testVerifier());
      const { url, headers, method, body = "" } = request(kind, "http://api.example.com");
      const inject = (text: string) =>
        app.inject({
          method: method as "POST",
          url: url.slice("http://api.example.com".length),
          headers,
          payload: Readable.from(
            [text.slice(0, 3), text.slice(3)].map((part) => Buffer.from(part)),
          ),
        });
      expect((await inject(`${body}x`)).statusCode).toBe(401);
      const response = await inject(body);
      expect([response.statusCode, response.json()]).toEqual([200, expected(kind)]);
    },
  );
});

describe("a body that the platform has read and keeps in rawBody", () => {
  const send = async (origin: string, kind: Kind, body: string | undefined) => {
    const { url, headers, method } = request(kind, origin);
    return fetch(url, { method, headers, ...(body !== undefined && { body }) });
  };

  it("is verified by NestJS middleware after its body parsers", async () => {
    const verifier = testVerifier();
    class Application implements NestModule {
      configure(consumer: MiddlewareConsumer) {
        const answer = (incoming: express.Request, response: express.Response) => {
          const { account } = response.locals["oauth1"].caller;
          response.json({ account, body: incoming.body ?? {} });
        };
        consumer.apply(expressVerifier(verifier), answer).forRoutes("{*path}");
      }
    }
    Module({})(Application);
    const options = { rawBody: true, logger: false } as const;
    const nest = await NestFactory.create<NestExpressApplication>(Application, options);
    await nest.init();
    const server = await listen(createServer(nest.getHttpAdapter().getInstance()));
    for (const kind of kindNames) {
      const response = await send(server.origin, kind, kinds[kind].body);
      expect([response.status, await response.json()]).toEqual([200, expected(kind)]);
      if (kind === "a form") expect((await send(server.origin, kind, "c=1")).status).toBe(401);
    }
    await server.close();
    await nest.close();
  });

  it("is verified in Google Cloud Functions and Firebase", async () => {
    const verifier = testVerifier();
    const handler = expressVerifier(verifier);
    registerFunction("photos", (incoming, response) =>
      handler(incoming as never, response as never, (error?: unknown) => {
        if (error !== undefined) throw error;
        response.json({
          account: response.locals["oauth1"].caller.account,
          body: incoming.body ?? {},
        });
      }),
    );
    const server = await listen(getTestServer("photos") as ReturnType<typeof createServer>);
    for (const kind of kindNames) {
      const response = await send(server.origin, kind, kinds[kind].body);
      expect([response.status, await response.json()]).toEqual([200, expected(kind)]);
      if (kind === "a form") expect((await send(server.origin, kind, "c=1")).status).toBe(401);
    }
    await server.close();
  });
});

it("a body that Express has read is rejected if it is longer than limits.body", async () => {
  const app = express();
  const verify = (incoming: object, _response: unknown, rawBody: Buffer) => {
    Object.assign(incoming, { rawBody });
  };
  const verifier = expressVerifier(testVerifier({ limits: { body: 3 } }));
  app.use(express.urlencoded({ extended: false, verify }), verifier, (incoming, response) => {
    response.json(incoming.body);
  });
  const server = await listen(createServer(app));
  for (const [body, status] of [
    ["a=1", 200],
    ["a=12", 413],
  ] as const) {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const signedRequest = signed<string>({ method: "POST", url: server.origin, headers, body });
    // In chunks, so that no header tells the length.
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    const response = await fetch(signedRequest.url, {
      method: "POST",
      headers: signedRequest.headers,
      body: chunks,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(status);
  }
  await server.close();
});

describe("publicPath", () => {
  const listener = (publicPath: string): RequestListener =>
    nodeVerifier(testVerifier({ publicPath }), async (incoming, response) => {
      response.end(`${incoming.url} ${await readAll(incoming)}`);
    });

  it("is the part that a gateway removed, and the handler receives the path that arrived", async () => {
    const server = await createListeningServer(listener("/prod/v1"));
    const { url, headers, method, body = "" } = request("a form", `${server.origin}/prod/v1`);
    const response = await fetch(url.replace("/prod/v1", ""), { method, headers, body });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^\/photos\?.* a=%E2%98%83&b=2\+q$/);
    await server.close();
  });

  it("works with the mounts of Express, which remove a part of the path themselves", async () => {
    const app = express();
    app.use("/mounted", expressApp(testVerifier({ publicPath: "/prod" })));
    const server = await listen(createServer(app));
    const sent = request("a form", `${server.origin}/prod/mounted`);
    const { method, headers, body = "" } = sent;
    const response = await fetch(sent.url.replace("/prod", ""), { method, headers, body });
    expect(response.status).toBe(200);
    await server.close();
  });

  it.each(["prod", "/prod/", "/", "//", "/a b", "/a?b", "/a#b", "/é"])(
    "is rejected by createVerifier() if it is %j",
    (publicPath) => {
      expect(() => testVerifier({ publicPath: publicPath as string })).toThrowError(
        expect.objectContaining({ code: "ERR_PUBLIC_PATH" }),
      );
    },
  );

  it.skipIf(isMissing("nginx"))("is the part that proxy_pass of nginx removes", async () => {
    const server = createServer(
      nodeVerifier(
        testVerifier({
          publicPath: "/api",
          trustedProxies: { addresses: ["127.0.0.1"], fields: ["x-forwarded-host"] },
        }),
        async (incoming, response) => {
          response.end(`${incoming.url} ${await readAll(incoming)}`);
        },
      ),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const nginx = await startNginx(`location /api/ {
      proxy_pass http://127.0.0.1:${port}/;
      proxy_set_header X-Forwarded-Host $http_host;
    }`);
    for (const kind of kindNames) {
      const { url, headers, method, body } = request(kind, `${nginx.url}/api`);
      const sent = { ...headers };
      delete (sent as Record<string, string>)["Host"];
      const response = await fetch(url, {
        method,
        headers: sent,
        ...(body !== undefined && { body }),
      });
      expect(response.status).toBe(200);
      expect(await response.text()).toMatch(/^\/photos\?/);
    }
    await nginx.stop();
    server.close();
    server.closeAllConnections();
  });
});
