import { readHttpMessage } from "@oauth1/captured-request";
import type { FuzzTarget } from "../target.js";
import { checkCaptured } from "./captured.js";

/** A raw HTTP message (RFC 9112 §2.1). */
export const target: FuzzTarget = {
  name: "http-message",
  modules: /captured-request\/dist\/(?:http\/|header-field|request-url|source-text|read-captured)/,
  seeds: [
    "GET /photos?size=original HTTP/1.1\nHost: photos.example.net",
    "POST http://example.com/a HTTP/1.1\r\nHost: example.com\r\nContent-Length: 3\r\n\r\na=b",
    "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
    "  GET / HTTP/1.1\n  Host: a\n  X: b\n   c\n\n  d",
    "> GET / HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 200 OK",
    ":method: GET\n:scheme: https\n:authority: example.com\n:path: /a",
    ":method\nGET\n:scheme\nhttps\n:authority\nexample.com\n:path\n/a\nx\ny",
  ],
  tokens: [
    "\r\n",
    "\n\n",
    "\n ",
    "Host: a",
    "HTTP/1.1",
    "Content-Length: 1",
    "Transfer-Encoding: chunked",
    "Content-Type: ",
    "application/x-www-form-urlencoded",
    ":path",
    ":authority",
    "> ",
    "0\r\n\r\n",
    "Content-Encoding: gzip",
  ],
  check: (input) => checkCaptured(input, readHttpMessage),
};
