import { describe, expect, it } from "vitest";
import { readRequest } from "../web/src/request/read-request.js";

describe("readRequest", () => {
  it("reads the request of RFC 5849 §3.4.1.1", () => {
    const text = [
      "POST /request?b5=%3D%253D&a3=a&c%40=&a2=r%20b HTTP/1.1",
      "Host: example.com",
      "Content-Type: application/x-www-form-urlencoded",
      "",
      "c2&a3=2+q",
    ];
    for (const lineBreak of ["\n", "\r\n"]) {
      expect(readRequest(text.join(lineBreak))).toEqual({
        method: "POST",
        url: "https://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
        headers: [
          ["Host", "example.com"],
          ["Content-Type", "application/x-www-form-urlencoded"],
        ],
        body: "c2&a3=2+q",
      });
    }
  });

  it("reads a target in absolute form, and a URL alone", () => {
    expect(readRequest("GET http://example.com/?a HTTP/1.1")).toMatchObject({
      method: "GET",
      url: "http://example.com/?a",
    });
    expect(readRequest("  http://example.com/?a=%20b\n")).toEqual({
      method: "GET",
      url: "http://example.com/?a=%20b",
      headers: [],
      body: "",
    });
  });

  it("keeps an empty line of the body", () => {
    expect(readRequest("POST http://example.com/ HTTP/1.1\n\na\n\nb").body).toBe("a\n\nb");
  });

  const refused: [text: string, code: string][] = [
    ["GET /a HTTP/1.1", "ERR_HOST_ABSENT"],
    ["GET /a HTTP/1.1\nHost example.com", "ERR_HEADER_FIELD"],
    ["hello world, this is text", "ERR_UNKNOWN_FORM"],
    ["", "ERR_UNKNOWN_FORM"],
  ];
  for (const [text, code] of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => readRequest(text)).toThrow(expect.objectContaining({ code }));
    });
  }
});
