// Every message of the readers, whole, with the place that it names.
import {
  readCapturedRequest,
  readCurlCommand,
  readFetchSnippet,
  readHarEntry,
  readHeaders,
  readHttpMessage,
  readPowershellCommand,
  type Shell,
} from "@oauth1/captured-request";
import { describe, expect, it } from "vitest";
import { messageOf } from "./message-of.js";

const HTTP = "POST /a HTTP/1.1\nHost: a.example\n";
const HTTP2 = ":method: GET\n:path: /a\n";
const CURL = "curl http://a.example/ ";
const FETCH = 'fetch("http://a.example/"';
const IWR = "irm http://a.example/ ";
const JSON_START = '{"method": "GET", "url": "http://a.example/"';

const HEADER = "a header must be a name, a colon and a value, without line breaks: correct it";
const WORD = "the method must be a word such as GET or POST";
const SPACES = "a URL must not contain spaces or control characters: percent-encode them";
const UNCLOSED = "the quoted text that begins here does not end: add the missing quote";
const VARIABLE = "the shell replaces this: write the value instead, or quote it";
const OPERATOR = "the shell ends the command here: quote the argument";
const FILE = "the option names a file, which is not read: write its text in the command";
const PROGRAM = "a command of this program cannot be read: write the request as a curl command";
const UNREAD = "cannot be read: paste the request as curl --verbose shows it";

describe("readCapturedRequest reports", () => {
  it.each([
    // The format
    [
      "hello",
      "ERR_UNKNOWN_FORM line 1, column 1: the text must be an HTTP message, a curl command, a HAR entry, a call of fetch or Invoke-WebRequest, JSON or a URL",
    ],
    ["wget http://a.example/", `ERR_UNKNOWN_FORM line 1, column 1: ${PROGRAM}`],
    ["http a.example", `ERR_UNKNOWN_FORM line 1, column 1: ${PROGRAM}`],
    ["https a.example", `ERR_UNKNOWN_FORM line 1, column 1: ${PROGRAM}`],
    [" xh a.example", `ERR_UNKNOWN_FORM line 1, column 2: ${PROGRAM}`],
    ["aria2c\thttp://a.example/", `ERR_UNKNOWN_FORM line 1, column 1: ${PROGRAM}`],
    [
      "Host: a.example",
      "ERR_REQUEST_LINE line 1, column 1: the method and the URL are missing: add a line before the headers, such as GET https://example.com/photos",
    ],
    // HTTP
    [`${HTTP}A B: c`, `ERR_CAPTURED_HEADER_FIELD line 3, column 1: ${HEADER}`],
    [
      "GET /a#b HTTP/1.1\nHost: a.example",
      "ERR_CAPTURED_URL line 1, column 7: a request target must not have a fragment: remove it",
    ],
    [
      "GET a HTTP/1.1\nHost: a.example",
      "ERR_CAPTURED_URL line 1, column 5: the URL must begin with http://, https:// or a slash",
    ],
    [
      "GET /a HTTP/1.1",
      "ERR_CAPTURED_HOST line 1, column 5: the URL has no host: add a Host header or the whole URL",
    ],
    [
      `${HTTP}Host: a.example`,
      "ERR_CAPTURED_HOST line 3, column 1: a request must have one Host header: remove this one",
    ],
    [
      "GET /a HTTP/1.1\nHost: a@b",
      "ERR_CAPTURED_HOST line 2, column 1: Host must be a host name with an optional port",
    ],
    [
      "M a HTTP/1.1",
      "ERR_CAPTURED_URL line 1, column 3: the URL must begin with http://, https:// or a slash",
    ],
    ["GET /a b HTTP/1.1\nHost: a.example", `ERR_CAPTURED_URL line 1, column 7: ${SPACES}`],
    [
      `${HTTP}Content-Length: a\n\n`,
      "ERR_CAPTURED_BODY line 3, column 1: Content-Length must be one whole number",
    ],
    [
      `${HTTP}Content-Length: 9\n\na=b`,
      "ERR_CAPTURED_BODY line 5, column 1: Content-Length is 9, but the body has 3 bytes: paste the whole body, or remove Content-Length",
    ],
    // HTTP/2
    [
      `${HTTP2}:path: /a`,
      "ERR_CAPTURED_HEADER_FIELD line 3, column 1: a request has :method, :scheme, :authority and :path once each: remove this one",
    ],
    [
      `${HTTP2}:scheme: ftp`,
      "ERR_CAPTURED_HEADER_FIELD line 3, column 1: :scheme must be http or https",
    ],
    [
      `${HTTP2}:authority: a\nHost: b`,
      "ERR_CAPTURED_HOST line 4, column 1: Host must have the value of :authority: remove one of them",
    ],
    [
      ":path: /a\nHost: a",
      "ERR_REQUEST_LINE line 1, column 1: the field :method is missing: add it",
    ],
    [
      ":method: GET\nHost: a",
      "ERR_REQUEST_LINE line 1, column 1: the field :path is missing: add it",
    ],
    // curl
    ["curl", "ERR_CAPTURED_URL line 1, column 1: the command must have a URL"],
    [
      `${CURL}http://b.example/`,
      "ERR_SEVERAL_REQUESTS line 1, column 24: the command has two URLs: keep one of them, or quote the argument before it",
    ],
    [
      `${CURL}; curl http://b.example/`,
      "ERR_SEVERAL_REQUESTS line 1, column 26: the text has several curl commands: keep one of them",
    ],
    [
      `${CURL}\n-d a`,
      "ERR_SHELL_SYNTAX line 2, column 1: the command ends at the line break before this: end that line with a backslash",
    ],
    [
      `${CURL}-I -d a`,
      "ERR_CURL_OPTION line 1, column 24: the options ask for several methods, which curl rejects: keep one of them",
    ],
    [`${CURL}--next`, `ERR_CURL_OPTION line 1, column 24: --next ${UNREAD}`],
    [`${CURL}-K a`, `ERR_CURL_OPTION line 1, column 24: --config ${UNREAD}`],
    [
      `${CURL}--haeder a`,
      "ERR_CURL_OPTION line 1, column 24: --haeder is unknown: remove it if it does not change the request",
    ],
    [
      `${CURL}-sé`,
      "ERR_CURL_OPTION line 1, column 24: this option is unknown: remove it if it does not change the request",
    ],
    [
      `${CURL}--${"a".repeat(41)}`,
      "ERR_CURL_OPTION line 1, column 24: this option is unknown: remove it if it does not change the request",
    ],
    [`${CURL}-sd`, "ERR_CURL_OPTION line 1, column 24: -d must have a value"],
    [`${CURL}--data`, "ERR_CURL_OPTION line 1, column 24: --data must have a value"],
    [`${CURL}--silent=a`, "ERR_CURL_OPTION line 1, column 24: --silent must not have a value"],
    [
      `${CURL}-u a`,
      "ERR_CURL_OPTION line 1, column 27: curl asks for the password: write --user as name:password",
    ],
    [
      `${CURL}-b a`,
      "ERR_CAPTURED_FILE line 1, column 27: --cookie names a file: write the cookies as name=value",
    ],
    [`${CURL}-d @a`, `ERR_CAPTURED_FILE line 1, column 27: ${FILE}`],
    [
      `${CURL}-F a`,
      "ERR_CURL_OPTION line 1, column 27: the value of this option must be name=content",
    ],
    [
      `${CURL}-F 'a=('`,
      "ERR_CURL_OPTION line 1, column 27: a multipart part inside a multipart body cannot be read: paste the request as it was sent",
    ],
    [
      `${CURL}-F '=)'`,
      "ERR_CURL_OPTION line 1, column 27: a multipart part inside a multipart body cannot be read: paste the request as it was sent",
    ],
    [
      `${CURL}-F 'a=@b,c'`,
      "ERR_CURL_OPTION line 1, column 27: several files in one --form cannot be read: use one --form for each",
    ],
    [
      `${CURL}-F 'a=b;headers=c'`,
      "ERR_CURL_OPTION line 1, column 27: headers= in --form cannot be read: paste the request as it was sent",
    ],
    [
      `${CURL}-F 'a=b; encoder=c'`,
      "ERR_CURL_OPTION line 1, column 27: encoder= in --form cannot be read: paste the request as it was sent",
    ],
    [
      "curl 'http://a/b c'",
      `ERR_CAPTURED_URL line 1, column 6: curl rejects a URL with spaces or control characters: percent-encode them`,
    ],
    ["curl ftp://a/", "ERR_CAPTURED_URL line 1, column 6: the URL must be an http or https URL"],
    [
      "curl http://a:b/",
      "ERR_CAPTURED_URL line 1, column 6: the URL must have a host name with an optional port",
    ],
    [
      "curl 'http://a/[1]'",
      "ERR_CAPTURED_URL line 1, column 6: curl interprets brackets and braces in a URL: add --globoff",
    ],
    // Shells
    [`${CURL}-d 'a`, `ERR_SHELL_SYNTAX line 1, column 27: ${UNCLOSED}`],
    [`${CURL}-d $a`, `ERR_SHELL_SYNTAX line 1, column 27: ${VARIABLE}`],
    [`${CURL}-d (a)`, `ERR_SHELL_SYNTAX line 1, column 27: ${OPERATOR}`],
    [
      `${CURL}-d “a”`,
      "ERR_SHELL_SYNTAX line 1, column 27: the shell does not know this typographic quote: replace it with ' or \"",
    ],
    [
      `${CURL}-d {a,b}`,
      "ERR_SHELL_SYNTAX line 1, column 27: bash would expand the braces to several arguments: quote the argument",
    ],
    [
      `${CURL}-d $'\\U110000'`,
      "ERR_SHELL_SYNTAX line 1, column 29: the escape is not a character: write the character itself",
    ],
    [
      `${CURL}-d $'\\0'`,
      "ERR_SHELL_SYNTAX line 1, column 29: an argument cannot contain NUL: remove the escape",
    ],
    // fetch
    [`${FETCH}`, "ERR_CAPTURED_LITERAL line 1, column 26: a closing parenthesis is missing here"],
    [
      `${FETCH});\nfetch(1)`,
      "ERR_SEVERAL_REQUESTS line 2, column 1: the text calls fetch several times: keep one of the calls",
    ],
    [
      `${FETCH}, {body: "a"})`,
      "ERR_CAPTURED_BODY line 1, column 35: fetch sends no body with GET: remove one of them",
    ],
    [`${FETCH}, 1)`, "ERR_CAPTURED_MEMBER line 1, column 28: the options must be an object"],
    [`${FETCH}, {method: 1})`, "ERR_CAPTURED_MEMBER line 1, column 37: method must be a string"],
    [
      `${FETCH}, {method: "PUT", body: 1})`,
      "ERR_CAPTURED_MEMBER line 1, column 50: body must be a string",
    ],
    [
      `${FETCH}, {headers: 1})`,
      "ERR_CAPTURED_MEMBER line 1, column 38: headers must be an object or an array",
    ],
    ["fetch(1)", "ERR_CAPTURED_MEMBER line 1, column 7: the URL must be a string"],
    [
      'fetch("/a")',
      "ERR_CAPTURED_URL line 1, column 7: the URL must be an absolute http or https URL",
    ],
    [
      'fetch("ftp://a.example/")',
      "ERR_CAPTURED_URL line 1, column 7: the URL must be an absolute http or https URL",
    ],
    [
      'fetch("xhttp://a.example/")',
      "ERR_CAPTURED_URL line 1, column 7: the URL must be an absolute http or https URL",
    ],
    [
      'fetch("http://a@a.example/")',
      "ERR_CAPTURED_URL line 1, column 7: fetch rejects a URL with a user name or password: remove them",
    ],
    [
      'fetch("http://:a@a.example/")',
      "ERR_CAPTURED_URL line 1, column 7: fetch rejects a URL with a user name or password: remove them",
    ],
    // Literals
    [
      "fetch(a)",
      `ERR_CAPTURED_LITERAL line 1, column 7: only strings, numbers, arrays and objects can be read: write the value itself here`,
    ],
    [
      "{a}",
      "ERR_CAPTURED_LITERAL line 1, column 3: a name and a colon, or a closing brace, is missing here",
    ],
    [
      "{: 1}",
      "ERR_CAPTURED_LITERAL line 1, column 2: a name and a colon, or a closing brace, is missing here",
    ],
    ["{a: 1 b}", "ERR_CAPTURED_LITERAL line 1, column 7: a comma or } is missing here"],
    ["[1 2]", "ERR_CAPTURED_LITERAL line 1, column 4: a comma or ] is missing here"],
    [
      '{a: "b',
      "ERR_CAPTURED_LITERAL line 1, column 5: the quoted text that begins here does not end",
    ],
    [
      "{a: `b$" + "{c}`}",
      "ERR_CAPTURED_LITERAL line 1, column 7: a placeholder in a template cannot be read: write its text here",
    ],
    [
      '{a: "\\u{110000}"}',
      "ERR_CAPTURED_LITERAL line 1, column 6: the escape is malformed: correct it",
    ],
    [
      "[".repeat(102),
      "ERR_CAPTURED_LITERAL line 1, column 102: lists and objects must not be nested more than 100 deep",
    ],
    [
      "{a:".repeat(102),
      "ERR_CAPTURED_LITERAL line 1, column 304: lists and objects must not be nested more than 100 deep",
    ],
    ["{} a", "ERR_CAPTURED_LITERAL line 1, column 4: the text must end after the JSON value"],
    // JSON
    ["[]", "ERR_CAPTURED_MEMBER line 1, column 1: the request must be an object"],
    ["{}", 'ERR_CAPTURED_MEMBER line 1, column 1: the request must have the member "url"'],
    [
      '{"url": "http://a.example/"}',
      'ERR_CAPTURED_MEMBER line 1, column 1: the request must have the member "method"',
    ],
    ['{"method": "GET", "url": 1}', "ERR_CAPTURED_MEMBER line 1, column 26: url must be a string"],
    [
      '{"method": 1, "url": "/a", "headers": {"host": "a"}}',
      "ERR_CAPTURED_MEMBER line 1, column 12: method must be a string",
    ],
    [
      `${JSON_START}, "headers": {"A": 1}}`,
      "ERR_CAPTURED_MEMBER line 1, column 64: a value in headers must be a string",
    ],
    [
      `${JSON_START}, "headers": [1]}`,
      "ERR_CAPTURED_MEMBER line 1, column 59: an element of headers must be an array",
    ],
    ...['["A"]', '["A", "b", "c"]', "[]"].map((element): [string, string] => [
      `${JSON_START}, "headers": [${element}]}`,
      "ERR_CAPTURED_MEMBER line 1, column 59: an element of headers must be a pair of name and value",
    ]),
    [
      `${JSON_START}, "headers": [[1, "a"]]}`,
      "ERR_CAPTURED_MEMBER line 1, column 60: a header's name must be a string",
    ],
    [
      `${JSON_START}, "headers": [{"name": 1}]}`,
      "ERR_CAPTURED_MEMBER line 1, column 68: a header's name must be a string",
    ],
    [
      `${JSON_START}, "headers": [{"value": "a"}]}`,
      'ERR_CAPTURED_MEMBER line 1, column 59: an element of headers must have the member "name"',
    ],
    [
      `${JSON_START}, "headers": [{"name": "a"}]}`,
      'ERR_CAPTURED_MEMBER line 1, column 59: an element of headers must have the member "value"',
    ],
    [
      `${JSON_START}, "body": 1}`,
      "ERR_CAPTURED_MEMBER line 1, column 55: the body must be a string",
    ],
    [
      `${JSON_START}, "body": "!", "bodyEncoding": "base64"}`,
      "ERR_CAPTURED_BODY line 1, column 55: the body is not base64",
    ],
    [
      `${JSON_START}, "body": "a", "bodyEncoding": "hex"}`,
      'ERR_CAPTURED_BODY line 1, column 76: the encoding of the body must be "base64"',
    ],
    // PowerShell
    ["irm -Verbose", "ERR_CAPTURED_URL line 1, column 1: the command must have -Uri"],
    [
      `${IWR}-Body a`,
      "ERR_CAPTURED_BODY line 1, column 29: Windows PowerShell sends no body with GET: remove one of them",
    ],
    [
      "irm '/a'",
      "ERR_CAPTURED_URL line 1, column 5: the URL must be an absolute http or https URL, percent-encoded",
    ],
    [
      "irm '/a?b=http://a.example/'",
      "ERR_CAPTURED_URL line 1, column 5: the URL must be an absolute http or https URL, percent-encoded",
    ],
    [
      "irm 'http://a.example/é'",
      "ERR_CAPTURED_URL line 1, column 5: the URL must be an absolute http or https URL, percent-encoded",
    ],
    [
      "$session = 1",
      "ERR_SHELL_SYNTAX line 1, column 1: this statement cannot be read: keep the Invoke-WebRequest command",
    ],
    [
      `${IWR}; irm http://b.example/`,
      "ERR_SEVERAL_REQUESTS line 1, column 25: the text has several requests: keep one of them",
    ],
    [`${IWR}a`, `ERR_SHELL_SYNTAX line 1, column 23: ${OPERATOR}`],
    [`${IWR}-WebSession $a`, "ERR_SHELL_SYNTAX line 1, column 35: -WebSession must be $session"],
    [
      `${IWR}-Form a`,
      "ERR_SHELL_SYNTAX line 1, column 23: this parameter cannot be read: remove it if it does not change the request",
    ],
    [
      `${IWR}-Headers a`,
      'ERR_SHELL_SYNTAX line 1, column 32: -Headers must be a table: @{ "Name"="value" }',
    ],
    [
      `${IWR}-Headers @{a}`,
      "ERR_SHELL_SYNTAX line 1, column 35: a name, an equals sign and a value, or a closing brace, is missing here",
    ],
    [
      `${IWR}-Method Put -Body ([System.Text.Encoding]::UTF8.GetBytes("a")`,
      "ERR_SHELL_SYNTAX line 1, column 83: two closing parentheses are missing here",
    ],
    [
      `${IWR}-Method Put -Body 'é'`,
      'ERR_SHELL_SYNTAX line 1, column 41: how PowerShell encodes this text depends on its version: write it as ([System.Text.Encoding]::UTF8.GetBytes("…"))',
    ],
    [
      "irm -Uri \nhttp://a.example/",
      "ERR_SHELL_SYNTAX line 1, column 10: a value must be text in quotes: write it here",
    ],
    [
      "irm -Uri a\n\nirm b",
      "ERR_SEVERAL_REQUESTS line 3, column 1: the text has several requests: keep one of them",
    ],
    [
      "a wget b",
      "ERR_UNKNOWN_FORM line 1, column 1: the text must be an HTTP message, a curl command, a HAR entry, a call of fetch or Invoke-WebRequest, JSON or a URL",
    ],
    [
      "wgetter",
      "ERR_UNKNOWN_FORM line 1, column 1: the text must be an HTTP message, a curl command, a HAR entry, a call of fetch or Invoke-WebRequest, JSON or a URL",
    ],
    // No place in the text
    [`${CURL}-A $'a\nb'`, `ERR_CAPTURED_HEADER_FIELD line 1, column 27: ${HEADER}`],
    [`${CURL}-e $'a\nb'`, `ERR_CAPTURED_HEADER_FIELD line 1, column 27: ${HEADER}`],
    [
      `${IWR}-Uri $a`,
      "ERR_SHELL_SYNTAX line 1, column 28: a value must be text in quotes: write it here",
    ],
  ])("%j as %s", (text, message) => {
    expect(messageOf(() => readCapturedRequest(text))).toBe(message);
  });

  it("a value that is neither text nor octets", () => {
    expect(messageOf(() => readCapturedRequest(1 as never))).toBe(
      "ERR_CAPTURED_INPUT the request must be a string or a Uint8Array",
    );
  });
});

const READERS = {
  readHeaders,
  readHttpMessage,
  readCurlCommand,
  readFetchSnippet,
  readHarEntry,
  readPowershellCommand,
};

describe("a reader of one format reports", () => {
  it.each<[name: keyof typeof READERS, text: string, message: string]>([
    [
      "readHeaders",
      "",
      "ERR_UNKNOWN_FORM line 1, column 1: the text must begin with a header, such as Authorization: OAuth",
    ],
    [
      "readHttpMessage",
      "",
      "ERR_REQUEST_LINE line 1, column 1: the text is empty: paste a request",
    ],
    [
      "readHttpMessage",
      "GET HTTP/1.1",
      "ERR_REQUEST_LINE line 1, column 1: the first line must be a method, a space, and the URL or its path",
    ],
    ["readHttpMessage", "G(T /a HTTP/1.1", `ERR_CAPTURED_METHOD line 1, column 1: ${WORD}`],
    [
      "readPowershellCommand",
      '$session.Cookies.Add((New-Object System.Net.Cookie("a")))',
      "ERR_SHELL_SYNTAX line 1, column 55: a cookie must have a name and a value, and three closing parentheses",
    ],
    ["readCurlCommand", "a", "ERR_UNKNOWN_FORM line 1, column 1: the text must begin with curl"],
    [
      "readFetchSnippet",
      "a",
      "ERR_CAPTURED_LITERAL line 1, column 1: the text must begin with a call of fetch",
    ],
    ["readHarEntry", "[]", "ERR_CAPTURED_MEMBER line 1, column 1: the archive must be an object"],
    ["readHarEntry", '{"log": 1}', "ERR_CAPTURED_MEMBER line 1, column 9: log must be an object"],
    [
      "readHarEntry",
      '{"log": {}}',
      'ERR_CAPTURED_MEMBER line 1, column 9: log must have the member "entries"',
    ],
    [
      "readHarEntry",
      '{"log": {"entries": 1}}',
      "ERR_CAPTURED_MEMBER line 1, column 21: entries must be an array",
    ],
    [
      "readHarEntry",
      '{"log": {"entries": []}}',
      "ERR_CAPTURED_MEMBER line 1, column 21: entries must have an entry",
    ],
    [
      "readHarEntry",
      '{"log": {"entries": [1, 2]}}',
      "ERR_SEVERAL_REQUESTS line 1, column 25: the archive has several entries: keep one of them",
    ],
    [
      "readHarEntry",
      '{"log": {"entries": [1]}}',
      "ERR_CAPTURED_MEMBER line 1, column 22: an entry must be an object",
    ],
    [
      "readHarEntry",
      '{"log": {"entries": [{}]}}',
      'ERR_CAPTURED_MEMBER line 1, column 22: an entry must have the member "request"',
    ],
    [
      "readHarEntry",
      '{"request": 1}',
      "ERR_CAPTURED_MEMBER line 1, column 13: request must be an object",
    ],
    [
      "readHarEntry",
      '{"request": {}}',
      'ERR_CAPTURED_MEMBER line 1, column 13: request must have the member "url"',
    ],
    [
      "readHarEntry",
      '{"url": "http://a/"}',
      'ERR_CAPTURED_MEMBER line 1, column 1: request must have the member "headers"',
    ],
    [
      "readHarEntry",
      '{"url": "http://a/", "headers": []}',
      'ERR_CAPTURED_MEMBER line 1, column 1: request must have the member "method"',
    ],
    [
      "readHarEntry",
      '{"url": 1, "headers": [], "method": "GET"}',
      "ERR_CAPTURED_MEMBER line 1, column 9: url must be a string",
    ],
    [
      "readHarEntry",
      '{"url": "http://a/", "headers": 1, "method": "GET"}',
      "ERR_CAPTURED_MEMBER line 1, column 33: headers must be an object or an array",
    ],
    [
      "readHarEntry",
      '{"url": "http://a/", "headers": [], "method": 1}',
      "ERR_CAPTURED_MEMBER line 1, column 47: method must be a string",
    ],
    [
      "readHarEntry",
      '{"url": "http://a/", "headers": [], "method": "PUT", "postData": 1}',
      "ERR_CAPTURED_MEMBER line 1, column 66: postData must be an object",
    ],
    [
      "readHarEntry",
      '{"url": "http://a/", "headers": [], "method": "PUT", "postData": {"params": 1}}',
      "ERR_CAPTURED_MEMBER line 1, column 77: params must be an array",
    ],
    [
      "readHarEntry",
      '{"url": "http://a/", "headers": [], "method": "PUT", "postData": {"params": [1]}}',
      'ERR_CAPTURED_MEMBER line 1, column 66: postData must have the member "text": params do not say how the body was encoded',
    ],
  ])("%s: %j", (name, text, message) => {
    expect(messageOf(() => READERS[name](text))).toBe(message);
  });

  it.each<[Shell, string, string]>([
    ["cmd", 'curl -d "a', `ERR_SHELL_SYNTAX line 1, column 9: ${UNCLOSED}`],
    ["cmd", "curl -d a&b", `ERR_SHELL_SYNTAX line 1, column 10: ${OPERATOR}`],
    ["posix", 'curl -d "a', `ERR_SHELL_SYNTAX line 1, column 9: ${UNCLOSED}`],
    ["posix", "curl -d $'a", `ERR_SHELL_SYNTAX line 1, column 9: ${UNCLOSED}`],
    ["posix", "curl -d $'\\", `ERR_SHELL_SYNTAX line 1, column 11: ${UNCLOSED}`],
    ["posix", "curl -d `a`", `ERR_SHELL_SYNTAX line 1, column 9: ${VARIABLE}`],
    ["posix", "curl a?b&c", `ERR_SHELL_SYNTAX line 1, column 9: ${OPERATOR}`],
    ["posix", "curl a)", `ERR_SHELL_SYNTAX line 1, column 7: ${OPERATOR}`],
    ["powershell", "curl -d 'a", `ERR_SHELL_SYNTAX line 1, column 9: ${UNCLOSED}`],
    ["powershell", "curl -d $a", `ERR_SHELL_SYNTAX line 1, column 9: ${VARIABLE}`],
    ["powershell", "curl -d {a}", `ERR_SHELL_SYNTAX line 1, column 9: ${OPERATOR}`],
    ["powershell", "curl -d a,b", `ERR_SHELL_SYNTAX line 1, column 10: ${OPERATOR}`],
    ...["`0", "`u{110000}", "`"].map((end): [Shell, string, string] => [
      "powershell",
      `curl -d a${end}`,
      "ERR_SHELL_SYNTAX line 1, column 10: the escape is malformed or means NUL: remove it",
    ]),
  ])("readCurlCommand for %s: %j", (shell, text, message) => {
    expect(messageOf(() => readCurlCommand(text, { shell }))).toBe(message);
  });
});
