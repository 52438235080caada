// curl itself says what a command sends.
import { spawn, spawnSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldValue, readRequest } from "../web/src/request/read-request.js";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;
if (!hasCurl) {
  if (process.env["CI"]) throw new Error("curl is missing");
  console.warn("SKIPPED: curl commands beside curl, which is missing");
}

interface Received {
  readonly method: string | undefined;
  readonly target: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

let server: Server;
let origin = "";
let received: Received | undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      received = {
        method: request.method,
        target: request.url,
        contentType: request.headers["content-type"],
        body: Buffer.concat(chunks).toString("utf8"),
      };
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

const commands = [
  "curl ORIGIN/a",
  "curl 'ORIGIN/a?b=c&d=e%20f'",
  `curl "ORIGIN/a?b=c" -H 'X-A: 1' --header "X-B: two words"`,
  "curl -X DELETE ORIGIN/a",
  "curl -XPATCH ORIGIN/a -d x=1",
  "curl --request PUT ORIGIN/a --data-raw '@not-a-file'",
  "curl ORIGIN/a -d a=1 -d 'b=2 3' --data c=%40",
  "curl ORIGIN/a --data-urlencode 'a=b c&d' --data-urlencode '=x/y' --data-urlencode 'plain é'",
  "curl -G ORIGIN/a --data-urlencode 'q=a b' -d r=1",
  "curl -G 'ORIGIN/a?x=1' -d r=1",
  "curl ORIGIN/a -H 'Content-Type: application/json' -d '{\"a\": \"it'\\''s\"}'",
  `curl ORIGIN/a --json '{"a":1}'`,
  "curl -sS -vk ORIGIN/a \\\n  -X POST \\\n  -d 'a=b'",
  "curl -I ORIGIN/a",
  "curl --url ORIGIN/a -A agent",
  "$ curl ORIGIN/a",
];

describe.skipIf(!hasCurl)("a curl command is read as curl reads it", () => {
  for (const command of commands) {
    it(command, async () => {
      received = undefined;
      const real = command.replaceAll("ORIGIN", origin);
      await new Promise((resolve) => {
        spawn("sh", ["-c", real.replace(/^\$ /, "")], { stdio: "ignore" }).on("close", resolve);
      });
      const read = readRequest(real);
      expect({
        method: read.method,
        target: read.url.slice(origin.length),
        contentType: fieldValue(read, "content-type"),
        body: read.body,
      }).toEqual(received);
    });
  }
});

describe("a curl command that is not read", () => {
  const refused: [command: string, code: string][] = [
    ["curl --request=PUT http://example.com/", "ERR_CURL_OPTION"],
    ["curl --form a=b http://example.com/", "ERR_CURL_OPTION"],
    ["curl http://example.com/ -d @file", "ERR_CURL_OPTION"],
    ["curl http://example.com/ -H", "ERR_CURL_OPTION"],
    ["curl -s", "ERR_CURL_URL"],
    ["curl http://example.com/ http://example.org/", "ERR_CURL_URL"],
    ["curl http://example.com/?a=b&c=d", "ERR_SHELL_SYNTAX"],
    ["curl http://example.com/ | jq", "ERR_SHELL_SYNTAX"],
    ["curl http://example.com/ -d $'a'", "ERR_SHELL_SYNTAX"],
    ["curl http://example.com/ -H nothing", "ERR_HEADER_FIELD"],
  ];
  for (const [command, code] of refused) {
    it(command, () => {
      expect(() => readRequest(command)).toThrow(expect.objectContaining({ code }));
    });
  }
});
