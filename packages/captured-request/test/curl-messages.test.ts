// What the readers of curl do without curl: arguments that name files, prompts and shells, and
// messages that depend on one option.
import { readCapturedRequest, readCurlArguments, readCurlCommand } from "@oauth1/captured-request";
import { describe, expect, it } from "vitest";
import { messageOf } from "./message-of.js";

const ADDRESS = "http://a.example/";
const CURL = `curl ${ADDRESS} `;
const HEADER = "a header must be a name, a colon and a value, without line breaks: correct it";
const METHODS = "the options ask for several methods, which curl rejects: keep one of them";
const UNKNOWN = "is unknown: remove it if it does not change the request";
const TARGET = "a request target must not have spaces, control characters or #: correct it";

const textOf = (octets: Uint8Array | null) => octets && new TextDecoder().decode(octets);

describe("readCurlCommand reports", () => {
  it.each([
    ["curl\n", "ERR_CAPTURED_URL line 1, column 1: the command must have a URL"],
    [
      `${CURL}-- -s`,
      "ERR_SEVERAL_REQUESTS line 1, column 27: the command has two URLs: keep one of them, or quote the argument before it",
    ],
    // curl negates these, too, but then other options decide on the request.
    ...["form-escape", "get", "globoff", "head", "path-as-is"].map((name) => [
      `${CURL}--no-${name}`,
      `ERR_CURL_OPTION line 1, column 24: --no-${name} ${UNKNOWN}`,
    ]),
    [`${CURL}--xx-silent`, `ERR_CURL_OPTION line 1, column 24: --xx-silent ${UNKNOWN}`],
    [`${CURL}--tcp-no-nodelay`, `ERR_CURL_OPTION line 1, column 24: --tcp-no-nodelay ${UNKNOWN}`],
    [`${CURL}--=a`, `ERR_CURL_OPTION line 1, column 24: -- ${UNKNOWN}`],
    [`${CURL}--é-a`, `ERR_CURL_OPTION line 1, column 24: this option ${UNKNOWN}`],
    [
      `${CURL}--form=a`,
      "ERR_CURL_OPTION line 1, column 24: the value of this option must be name=content",
    ],
    ...["data=a", "data-ascii=a", "data-binary=a", "data-raw=a", "data-urlencode=a", "json=a"].map(
      (option) => [
        `${CURL}--form=b=c --${option} --form-escape --silent`,
        `ERR_CURL_OPTION line 1, column 35: ${METHODS}`,
      ],
    ),
    ...["form", "form-string"].map((option) => [
      `${CURL}--data=a --${option}=b=c --max-time=1`,
      `ERR_CURL_OPTION line 1, column 33: ${METHODS}`,
    ]),
    [`${CURL}-G -F a=b -d c`, `ERR_CURL_OPTION line 1, column 24: ${METHODS}`],
    [`${CURL}-F a=b -I -G`, `ERR_CURL_OPTION line 1, column 31: ${METHODS}`],
    [
      `${CURL}-F 'a=(b'`,
      "ERR_CURL_OPTION line 1, column 27: a multipart part inside a multipart body cannot be read: paste the request as it was sent",
    ],
    [
      `${CURL}--request-target '*'`,
      "ERR_CAPTURED_URL line 1, column 41: the URL must begin with http://, https:// or a slash",
    ],
    ...["/b c", "http://b.example/\x7f", "http://b.example/#c", "/b#c"].map((target) => [
      `${CURL}--request-target '${target}'`,
      `ERR_CAPTURED_URL line 1, column 41: ${TARGET}`,
    ]),
    [`${CURL}-H 'a;b: c'`, `ERR_CAPTURED_HEADER_FIELD line 1, column 27: ${HEADER}`],
    [`${CURL}-H 'a;b'`, `ERR_CAPTURED_HEADER_FIELD line 1, column 27: ${HEADER}`],
    // curl does not send it.
    [`${CURL}-H 'a; '`, `ERR_CAPTURED_HEADER_FIELD line 1, column 27: ${HEADER}`],
    [`${CURL}-b $'a=b\\nc'`, `ERR_CAPTURED_HEADER_FIELD line 1, column 27: ${HEADER}`],
    [`${CURL}-r $'0\\n-'`, `ERR_CAPTURED_HEADER_FIELD line 1, column 27: ${HEADER}`],
    [`${CURL}--oauth2-bearer $'a\\nb'`, `ERR_CAPTURED_HEADER_FIELD line 1, column 40: ${HEADER}`],
  ])("%j as %s", (text, message) => {
    expect(messageOf(() => readCurlCommand(text as string))).toBe(message);
  });
});

describe("readCurlCommand reads", () => {
  // curl has them since 8.16.
  it.each([
    ["--data=a=b", "a=b"],
    ['--json=\'{"a": "="}\'', '{"a": "="}'],
    ["--data-urlencode==a", "a"],
  ])("the value in %s", (option, body) => {
    expect(textOf(readCurlCommand(CURL + option).body)).toBe(body);
  });

  it("--json as data with two headers", () => {
    expect(readCurlCommand(`${CURL}--json '{}'`).headers).toEqual([
      ["Accept", "application/json"],
      ["Content-Type", "application/json"],
    ]);
  });

  // The manual of curl: ";auto" is appended to the URL. Version 7.88 also accepts it inside.
  it("the Referer before ;auto", () => {
    const { headers } = readCurlCommand(`${CURL}-e 'http://b.example/;automatic;auto'`);
    expect(headers).toEqual([["Referer", "http://b.example/;automatic"]]);
  });

  it("a byte order mark before the command, and keeps one in its values", () => {
    const { body } = readCurlCommand(`\ufeff${CURL}-d 'a\ufeffb'`);
    expect(body).toEqual(new TextEncoder().encode("a\ufeffb"));
  });
});

describe("readCurlCommand takes the rules of the shell from", () => {
  // about_Quoting_Rules: a doubled quote is a literal quote. For a POSIX shell it is none.
  it.each([
    ["the prompt of PowerShell", "PS C:\\> curl.exe -d 'a''b' http://a.example/", "a'b"],
    ["a prompt after spaces", "  PS C:\\> curl.exe -d 'a''b' http://a.example/", "a'b"],
    ["another prompt", "[PS host]$ curl -d 'a''b' http://a.example/", "ab"],
    ["a backtick before a line break", "curl http://a.example/ `\n  -d 'a''b'", "a'b"],
    ["a caret before a line break", "curl http://a.example/ ^\n  -d it's", "it's"],
    ["a caret after an unclosed quote", "curl -d it's ^\n  http://a.example/", "it's"],
    ["a caret at the end of the command", "curl http://a.example/ -d ^", "^"],
    ["a caret before a pipe", "curl http://a.example/ -d ^ | cat", "^"],
    ["a line break after the command", "curl http://a.example/ -d 'a b'\ntrue", "a b"],
  ])("%s", (_, command, body) => {
    expect(textOf(readCapturedRequest(command).body)).toBe(body);
  });
});

describe("readCurlArguments", () => {
  const files: Readonly<Record<string, string>> = {
    "b.txt": "hello",
    "c.bin": "x",
    "docs/e/f.PNG": "y",
    headers: "\nA: b\r\n\r\nC: d\rE: f\n\n",
  };
  const read = (...words: string[]) =>
    readCurlArguments([...words, ADDRESS], {
      readFile: (name) => new TextEncoder().encode(files[name]),
    });

  // The heads that curl 7.88 sends for the same files.
  it.each([
    ["a=@c.bin", '; name="a"; filename="c.bin"\r\nContent-Type: application/octet-stream', "x"],
    ["a=@b.txt;filename=c", '; name="a"; filename="c"\r\nContent-Type: text/plain', "hello"],
    ["a=@c.bin;filename=x.png", '; name="a"; filename="x.png"\r\nContent-Type: image/png', "x"],
    ["a=@docs/e/f.PNG", '; name="a"; filename="f.PNG"\r\nContent-Type: image/png', "y"],
    ["a=<b.txt", '; name="a"', "hello"],
    ["a=<b.txt;filename=c.png;type=text/x", '; name="a"\r\nContent-Type: text/x', "hello"],
  ])("reads the file of --form %s", (part, head, content) => {
    const { headers, body } = read("-F", part);
    const boundary = /boundary=(.*)$/.exec(headers[0]?.[1] ?? "")?.[1];
    expect(textOf(body)).toBe(
      `--${boundary}\r\nContent-Disposition: form-data${head}\r\n\r\n${content}\r\n--${boundary}--\r\n`,
    );
  });

  it("reads the headers in a file, one on each line", () => {
    expect(read("-H", "@headers", "-H", "G: h@").headers).toEqual([
      ["A", "b"],
      ["C", "d"],
      ["E", "f"],
      ["G", "h@"],
    ]);
  });

  it("reports a missing URL without a position", () => {
    expect(messageOf(() => readCurlArguments([]))).toBe(
      "ERR_CAPTURED_URL the command must have a URL",
    );
  });

  it("throws the error of readFile", () => {
    const error = new Error("no such file");
    const readFile = () => {
      throw error;
    };
    expect(() => readCurlArguments(["-d", "@a", ADDRESS], { readFile })).toThrow(error);
  });
});
