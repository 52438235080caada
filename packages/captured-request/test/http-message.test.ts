// Requests as RFC 5849 prints them, and as users capture and paste them.
import { signatureBaseString } from "@oauth1/base-string";
import { readCapturedRequest, readHttpMessage } from "@oauth1/captured-request";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { describe, expect, it } from "vitest";

const text = (octets: Uint8Array | null) => octets && new TextDecoder().decode(octets);

describe("a request of RFC 5849, pasted as printed", () => {
  const section12 = `
     GET /photos?file=vacation.jpg&size=original HTTP/1.1
     Host: photos.example.net
     Authorization: OAuth realm="Photos",
        oauth_consumer_key="dpf43f3p2l4k3l03",
        oauth_token="nnch734d00sl2jdk",
        oauth_signature_method="HMAC-SHA1",
        oauth_timestamp="137131202",
        oauth_nonce="chapoH",
        oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"
`;
  const section21 = `     POST /request_temp_credentials HTTP/1.1
     Host: server.example.com
     Authorization: OAuth realm="Example",
        oauth_consumer_key="jd83jd92dhsh93js",
        oauth_signature_method="PLAINTEXT",
        oauth_callback="http%3A%2F%2Fclient.example.net%2Fcb%3Fx%3D1",
        oauth_signature="ja893SD9%26"
`;
  const section31 = `     POST /request?b5=%3D%253D&a3=a&c%40=&a2=r%20b HTTP/1.1
     Host: example.com
     Content-Type: application/x-www-form-urlencoded
     Authorization: OAuth realm="Example",
                    oauth_consumer_key="9djdj82h48djs9d2",
                    oauth_token="kkk9d7dh3k39sjv7",
                    oauth_signature_method="HMAC-SHA1",
                    oauth_timestamp="137131201",
                    oauth_nonce="7d8f3e4a",
                    oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D"

     c2&a3=2+q


`;

  it("§1.2: has the right parts and a valid signature", async () => {
    const { method, url, headers, body } = readHttpMessage(section12, { scheme: "http" });
    expect({ method, url, body }).toEqual({
      method: "GET",
      url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
      body: null,
    });
    expect(headers).toEqual([
      ["Host", "photos.example.net"],
      [
        "Authorization",
        'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"',
      ],
    ]);
    const baseString = signatureBaseString({ method, url }, [
      ["oauth_consumer_key", "dpf43f3p2l4k3l03"],
      ["oauth_token", "nnch734d00sl2jdk"],
      ["oauth_signature_method", "HMAC-SHA1"],
      ["oauth_timestamp", "137131202"],
      ["oauth_nonce", "chapoH"],
    ]);
    const verify = hmacSha1.prepareToVerify(
      { sharedSecret: "kd94hf93k423kf44" },
      { sharedSecret: "pfkkdhi9sl3r4s00" },
    );
    expect(await verify(baseString, "MdpQcU8iPSUjWoN/UDMsK2sui9I=")).toBe(true);
  });

  it("§2.1: has the folded header in one line", () => {
    const { url, headers, body } = readHttpMessage(section21);
    expect(url).toBe("https://server.example.com/request_temp_credentials");
    expect(headers[1]?.[1]).toBe(
      'OAuth realm="Example", oauth_consumer_key="jd83jd92dhsh93js", oauth_signature_method="PLAINTEXT", oauth_callback="http%3A%2F%2Fclient.example.net%2Fcb%3Fx%3D1", oauth_signature="ja893SD9%26"',
    );
    expect(body).toBeNull();
  });

  it("§3.1 and §3.4.1.1: has the body without indentation and empty lines", () => {
    const read = readHttpMessage(section31, { scheme: "http" });
    expect(read.url).toBe("http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b");
    expect(read.headers.map(([name]) => name)).toEqual(["Host", "Content-Type", "Authorization"]);
    expect(text(read.body)).toBe("c2&a3=2+q");
  });

  it("is the same for every line ending and every selection", () => {
    for (const message of [section12, section21, section31]) {
      const read = readHttpMessage(message);
      const variants = [
        message.replaceAll("\n", "\r\n"),
        message.trimStart(),
        message.replace(/^ {5}/gm, ""),
        message.replace(/^ {5}/gm, "\t"),
        `\n\n${message}`,
      ];
      for (const variant of variants) {
        expect(readHttpMessage(variant)).toEqual(read);
        expect(readCapturedRequest(variant)).toEqual(read);
        expect(readCapturedRequest(new TextEncoder().encode(variant))).toEqual(read);
      }
    }
  });
});

describe("the URL", () => {
  it.each([
    ["GET /a?b HTTP/1.1\nHost: example.com", "https://example.com/a?b"],
    ["GET /a HTTP/1.1\nHost: example.com:80", "http://example.com:80/a"],
    ["GET /a HTTP/1.1\nhost:[::1]:8080", "https://[::1]:8080/a"],
    ["GET http://example.com/a?b HTTP/1.1\nHost: other.example", "http://example.com/a?b"],
    ["GET HTTPS://EXAMPLE.com/%7e HTTP/1.1", "HTTPS://EXAMPLE.com/%7e"],
    ["GET /é?☃ HTTP/1.1\nHost: example.com", "https://example.com/é?☃"],
    ["GET //a HTTP/2\nHost: example.com", "https://example.com//a"],
    ["GET /a\nHost: example.com", "https://example.com/a"],
    ["GET /a\nHost: example.com:8080", "https://example.com:8080/a"],
    ["GET /a HTTP/1.1\nHost: example.com\nX-A: b :path", "https://example.com/a"],
    ["GET /a HTTP/1.1\nHost: example.com\nX-A: b\n\n> GET /b HTTP/1.1", "https://example.com/a"],
    ["GET \t /a\t  HTTP/1.1\nHost: \t example.com \t", "https://example.com/a"],
    ["get /a HTTP/2\nHost: example.com", "https://example.com/a"],
    ["purge /a HTTP/1.1\nHost: example.com", "https://example.com/a"],
    // Without a version
    ["GET  /a\nHost: example.com", "https://example.com/a"],
    ["GET http://example.com/a", "http://example.com/a"],
    ["GET https://example.com/a", "https://example.com/a"],
    ["GET HTTPS://example.com/a", "HTTPS://example.com/a"],
  ])("%j is for %s", (message, url) => {
    expect(readCapturedRequest(message).url).toBe(url);
  });

  it("has the scheme of the option if the message does not contain one", () => {
    const message = "GET /a HTTP/1.1\nHost: example.com:80";
    expect(readHttpMessage(message, { scheme: "https" }).url).toBe("https://example.com:80/a");
    const absolute = "GET http://example.com/a HTTP/1.1";
    expect(readHttpMessage(absolute, { scheme: "https" }).url).toBe("http://example.com/a");
  });
});

describe("the body", () => {
  const head = "POST /a HTTP/1.1\nHost: example.com\n";
  const form = "Content-Type: application/x-www-form-urlencoded\n";

  it.each([
    ["a form without the line breaks after it", `${head}${form}\na=b&c\n\n`, "a=b&c"],
    ["a form with its own spaces", `${head}${form}\na=b \n`, "a=b "],
    ["another type with all its line breaks", `${head}\na\n\nb\n`, "a\n\nb\n"],
    ["after a line of spaces", `${head}  \t\na=b`, "a=b"],
    ["of the length in Content-Length", `${head}Content-Length: 3\n\na\nb\n\n`, "a\nb"],
    [
      "of the length in Content-Length, before white space",
      `${head}content-length: 3\n\na=b \t\r\n`,
      "a=b",
    ],
    ["a form without the CRLF after it", `${head}${form}\na=b \r\n\r\n`, "a=b "],
    ["a form without a line break", `${head}${form}\na=b \t`, "a=b \t"],
    [
      "joined from chunks of any spelling",
      `${head}Transfer-Encoding: gzip, chunked\n\n2 ;x\nab\n0a\t\r\n0123456789\r\n000\n`,
      "ab0123456789",
    ],
    ...[
      "3\r\na=b\r\n",
      "3\r\na=b0\r\n\r\n",
      "9\r\na=b\r\n0\r\n",
      "x3\r\na=b\r\n0\r\n",
      "3x\r\na=b\r\n0\r\n",
      "000000003\r\na=b\r\n0\r\n",
      "\r\na=b\r\n0\r\n",
      "01",
    ].map((body): [string, string, string] => [
      `unchanged if it is not chunked: ${JSON.stringify(body)}`,
      `${head}Transfer-Encoding: chunked\n\n${body}`,
      body,
    ]),
    [
      "without the indentation of its head, if empty lines have none",
      "\t\tPOST /a HTTP/1.1\n\t\tHost: example.com\n\n\t\ta\n\n \n\t\tb",
      "a\n\n\nb",
    ],
    [
      "without the indentation of its head, with all of the other white space",
      "  POST /a HTTP/1.1\r\n  Host: example.com\r\n\r\n  a\r\n\r\n    \r\n  b",
      "a\r\n\r\n  \r\nb",
    ],
    [
      "not without more indentation than its head has",
      "  POST /a HTTP/1.1\n  Host: example.com\n\n    a\n     b",
      "  a\n   b",
    ],
    [
      "a line break that Content-Length counts",
      `${head}${form}Content-Length: 4\n\na=b\n`,
      "a=b\n",
    ],
    [
      "restored with the lost carriage returns if Content-Length counts them",
      `${head}Content-Length: 8\n\na\nb\nc\n`,
      "a\r\nb\r\nc\r",
    ],
    ["counted in octets by Content-Length", `${head}Content-Length: 3\n\n☃\n`, "☃"],
    [
      "joined from chunks",
      `${head}Transfer-Encoding: chunked\n\n3;x\r\na\nb\r\nA\r\n0123456789\r\n0\r\n\r\n`,
      "a\nb0123456789",
    ],
    ["unchanged if a program joined the chunks", `${head}Transfer-Encoding: chunked\n\na=b`, "a=b"],
    [
      "a form without the line breaks after it, if a program joined the chunks",
      `${head}${form}Transfer-Encoding: chunked\n\na=b&c\n\n`,
      "a=b&c",
    ],
    [
      "without the indentation of all lines",
      "  POST /a HTTP/1.1\n  Host: example.com\n\n  {\n    a\n  }",
      "{\n  a\n}",
    ],
    [
      "with its own indentation",
      "    POST /a HTTP/1.1\n    Host: example.com\n\n  {\n    a\n  }",
      "{\n  a\n}",
    ],
  ])("is %s", (_, message, body) => {
    expect(text(readHttpMessage(message).body)).toBe(body);
  });

  it("is null if it is absent or empty", () => {
    for (const end of ["", "\n", "\n\n", "Content-Length: 0\n\n", "Content-Length: 0\n\n\n"]) {
      expect(readHttpMessage(head + form + end).body).toBeNull();
    }
  });

  it("keeps octets that are not UTF-8", () => {
    const body = Uint8Array.from({ length: 256 }, (_, octet) => octet);
    for (const octets of [body, Uint8Array.of(0xe2, 0x98, 0xed, 0xa0, 0x80, 0xe2, 0x98, 0x83)]) {
      const bytes = Buffer.concat([
        Buffer.from(`${head}Content-Length: ${octets.length}\n\n`),
        octets,
      ]);
      expect(readHttpMessage(bytes).body).toEqual(octets);
    }
  });
});

describe("octets that are not UTF-8", () => {
  // The limits of RFC 3629 §4.
  const wellFormed = [
    ...["c2 80", "df bf", "e0 a0 80", "e0 bf bf", "e1 80 80", "ec bf bf", "ed 80 80", "ed 9f bf"],
    ...["ee 80 80", "ef bf bf", "f0 90 80 80", "f0 bf bf bf", "f1 80 80 80", "f3 bf bf bf"],
    ...["f4 80 80 80", "f4 8f bf bf"],
  ];
  const malformed = [
    ...["80", "bf", "c2", "c2 41", "c1 bf", "c0 80", "e0 9f bf", "e0 a0", "e2 98 41", "ed a0 80"],
    ...[
      "ed bf bf",
      "ee 80",
      "f0 8f bf bf",
      "f0 90 80",
      "f1 80 80 41",
      "f4 90 80 80",
      "f5 80 80 80",
    ],
    ...["f4 8f bf 41", "ff", "fe"],
  ];
  const octetsOf = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");

  it("are replaced in a header and in the URL, each by U+FFFD", () => {
    for (const one of wellFormed) {
      const octets = Buffer.concat([octetsOf(one), Buffer.of(0xff, 0x2e)]);
      const start = Buffer.from("GET /a HTTP/1.1\nHost: a.example\nX-A: ");
      const value = readHttpMessage(Buffer.concat([start, octets])).headers[1]?.[1];
      expect(value, one).toBe(`${octetsOf(one).toString("utf8")}\ufffd.`);
    }
    for (const one of malformed) {
      const start = Buffer.from("GET http://a.example/");
      const { url } = readHttpMessage(Buffer.concat([start, octetsOf(one)]));
      const replaced = Array.from(octetsOf(one), (octet) => (octet < 0x80 ? "A" : "\ufffd"));
      expect(url, one).toBe(`http://a.example/${replaced.join("")}`);
    }
  });

  it("are kept in a long body", () => {
    const octets = new Uint8Array(20_000).map((_, index) => (index % 7 === 0 ? 0xff : 0x61));
    const head = Buffer.from("PUT http://a.example/ HTTP/1.1\n\n");
    expect(readHttpMessage(Buffer.concat([head, octets])).body).toEqual(octets);
  });
});

it("readHttpMessage reads the output of curl --verbose", () => {
  const trace = `* Connected to example.com (93.184.216.34) port 443 (#0)
* using HTTP/2
> GET /a?b HTTP/2
> Host: example.com
> Authorization: OAuth oauth_nonce="a"
> Accept: */*
>\u0020
< HTTP/2 401
< content-type: text/plain
<
no`;
  for (const message of [trace, trace.slice(trace.indexOf(">")), trace.replaceAll("\n", "\r\n")]) {
    expect(readCapturedRequest(message)).toEqual({
      method: "GET",
      url: "https://example.com/a?b",
      headers: [
        ["Host", "example.com"],
        ["Authorization", 'OAuth oauth_nonce="a"'],
        ["Accept", "*/*"],
      ],
      body: null,
    });
  }
});

it.each([
  ["* a\n> GET /a HTTP/1.1\n> Host: example.com\n* Request sent\n< HTTP/1.1 200 OK\n"],
  ["\n* a\n> GET /a HTTP/1.1\n> Host: example.com\n>\n"],
  ["* b > GET /b HTTP/1.1\n> GET /a HTTP/1.1\n> Host: example.com\n>\n"],
])("readHttpMessage finds the request in the output of curl --verbose: %j", (trace) => {
  expect(readHttpMessage(trace)).toEqual({
    method: "GET",
    url: "https://example.com/a",
    headers: [["Host", "example.com"]],
    body: null,
  });
});

describe("readHttpMessage rejects", () => {
  const head = "POST /a HTTP/1.1\nHost: example.com\n";
  it.each([
    ["", "ERR_REQUEST_LINE", 1, 1],
    ["GET HTTP/1.1", "ERR_REQUEST_LINE", 1, 1],
    ["* a\n> GET /a HTTP/1.1\n> Host\n>\n", "ERR_CAPTURED_HEADER_FIELD", 3, 3],
    ["G(T /a HTTP/1.1", "ERR_CAPTURED_METHOD", 1, 1],
    ["GET /a HTTP/1.1", "ERR_CAPTURED_HOST", 1, 5],
    ["\n  GET /a HTTP/1.1\n  Host: a\n  Host: b", "ERR_CAPTURED_HOST", 4, 3],
    ["GET /a HTTP/1.1\nHost: a@b", "ERR_CAPTURED_HOST", 2, 1],
    // Control characters, which no URL contains.
    ["GET /a HTTP/1.1\nHost: a\x7f", "ERR_CAPTURED_HOST", 2, 1],
    ["GET /a HTTP/1.1\nHost: \x01a", "ERR_CAPTURED_HOST", 2, 1],
    ["GET /a HTTP/1.1\nHost: a\x1fb", "ERR_CAPTURED_HOST", 2, 1],
    ["GET /a HTTP/1.1\nHost:", "ERR_CAPTURED_HOST", 2, 1],
    ["GET a HTTP/1.1\nHost: example.com", "ERR_CAPTURED_URL", 1, 5],
    ["GET /a b HTTP/1.1\nHost: example.com", "ERR_CAPTURED_URL", 1, 7],
    ["GET /a#b HTTP/1.1\nHost: example.com", "ERR_CAPTURED_URL", 1, 7],
    ["GET * HTTP/1.1\nHost: example.com", "ERR_CAPTURED_URL", 1, 5],
    [`${head}Authorization OAuth`, "ERR_CAPTURED_HEADER_FIELD", 3, 1],
    [`${head}Authorization : OAuth`, "ERR_CAPTURED_HEADER_FIELD", 3, 1],
    [`${head}A: b\rC: d`, "ERR_CAPTURED_HEADER_FIELD", 3, 1],
    [`${head}A: b\0`, "ERR_CAPTURED_HEADER_FIELD", 3, 1],
    [`${head}Content-Length: 9\n\na=b`, "ERR_CAPTURED_BODY", 5, 1],
    [`${head}Content-Length: 2\n\na=b`, "ERR_CAPTURED_BODY", 5, 1],
    [`${head}Content-Length: 2, 2\n\nab`, "ERR_CAPTURED_BODY", 3, 1],
    [`${head}Content-Length: a2\n\nab`, "ERR_CAPTURED_BODY", 3, 1],
    [`${head}Content-Length: 2a\n\nab`, "ERR_CAPTURED_BODY", 3, 1],
    [`${head}Content-Length: ${"0".repeat(15)}2\n\nab`, "ERR_CAPTURED_BODY", 3, 1],
    // RFC 9112 §2.3: the version is case-sensitive.
    ["GET /a http/1.1\nHost: example.com", "ERR_CAPTURED_URL", 1, 7],
    ["GET /a HTTP/1.1x\nHost: example.com", "ERR_CAPTURED_URL", 1, 7],
    ["GET /a HTTP/1.\nHost: example.com", "ERR_CAPTURED_URL", 1, 7],
    ["GET /a xHTTP/1.1\nHost: example.com", "ERR_CAPTURED_URL", 1, 7],
    ["GET http:///a HTTP/1.1", "ERR_CAPTURED_URL", 1, 5],
    ["GET http://?a HTTP/1.1", "ERR_CAPTURED_URL", 1, 5],
    ["GET xhttp://a HTTP/1.1", "ERR_CAPTURED_URL", 1, 5],
    ...[..."/?#@\\, "].map((mark): [string, string, number, number] => [
      `GET /a HTTP/1.1\nHost: a${mark}b`,
      "ERR_CAPTURED_HOST",
      2,
      1,
    ]),
    ["GET /a\x7f HTTP/1.1\nHost: a", "ERR_CAPTURED_URL", 1, 7],
    ["GET /a\0 HTTP/1.1\nHost: a", "ERR_CAPTURED_URL", 1, 7],
    [`${head}Content-Length: 2\nContent-Length: 2\n\nab`, "ERR_CAPTURED_BODY", 3, 1],
  ])("%j with %s at line %i, column %i", (message, code, line, column) => {
    expect(() => readHttpMessage(message)).toThrow(expect.objectContaining({ code, line, column }));
  });
});
