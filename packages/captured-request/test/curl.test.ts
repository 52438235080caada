// Compares the reader with curl: a shell runs each command, and the reader reads its text.
import { execFileSync } from "node:child_process";
import {
  type CapturedRequest,
  readCapturedRequest,
  readCurlCommand,
} from "@oauth1/captured-request";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Capture, comparable, isMissing, runShell, startCapture } from "./capture.js";

const isWithoutCurl = isMissing("curl");

let capture: Capture;
beforeAll(async () => {
  capture = await startCapture();
});
afterAll(() => capture.close());

/** `URL` is replaced by the server's origin, `HOST` by its host and port. */
const commands: [style: string, commands: string[]][] = [
  [
    "a URL",
    [
      "curl URL",
      "curl URL/a",
      "curl HOST/a",
      "curl 'HTTP://HOST/A?b=C'",
      "curl 'URL?x=1'",
      "curl 'URL#fragment'",
      "curl 'URL/a?b=c&d=e%20f#fragment'",
      "curl 'URL/a?'",
      "curl 'URL?'",
      "curl --url URL/a",
      "curl -- URL/a",
      "curl 'URL/a/../b/./c?x=/../y'",
      "curl 'URL/a//../b/'",
      "curl 'URL/..'",
      "curl 'URL/a/..'",
      "curl 'URL/a/.'",
      "curl 'URL/a/...'",
      "curl 'URL//'",
      "curl 'URL/%2e%2e/b%2Fc'",
      "curl --path-as-is 'URL/a/../b/./c'",
      "curl --path-as-is URL",
      "curl 'URL/é'",
      "curl 'URL/À☃😀'",
      "curl 'URL/a?é=☃'",
      "curl 'URL/a?x=\\[1\\]&y=\\{z\\}'",
      "curl 'URL/[::1]?x=[::ffff:1.2.3.4]&y=\\[z\\]'",
      "curl -g 'URL/a?x=[1]&y={a,b}\\['",
      'curl "URL/a?b=c\'d<>|^;"',
      "curl http:/HOST/a",
      "curl http:///HOST/a",
      "curl http://user:pa%20ss@HOST/",
      "curl http://user@HOST/",
      "curl http://@HOST/",
      "curl --request-target '/x?y' URL/a",
      "curl --request-target 'http://example.com/x?y' URL/a",
    ],
  ],
  [
    "a method",
    [
      "curl -X DELETE URL",
      "curl -XPATCH URL -d x=1",
      "curl --request PUT URL --data-raw '@not-a-file'",
      "curl -X post URL",
      "curl -I URL",
      "curl --head -X PUT URL",
      "curl -X POST URL",
      "curl -G -X POST -d a URL",
    ],
  ],
  [
    "data",
    [
      "curl URL -d a=1 -d 'b=2 3' --data c=%40",
      "curl URL --data-ascii a --data-binary b --data-raw @c",
      "curl URL -d ''",
      "curl URL -d 'a\nb'",
      "curl URL -d 'é☃😀'",
      "curl URL --data-urlencode \"a=b c~!*'()é\" --data-urlencode '=x/y' --data-urlencode 'p&=q=r@s' --data-urlencode 'plain é'",
      "curl URL --json '{\"a\":1}'",
      "curl URL --json '{' --json '}' -d x",
      "curl URL --json '{}' -H 'Content-Type: application/vnd.api+json' -H 'accept: text/plain'",
      "curl URL -H 'Content-Type: application/json' -d '{\"a\": \"it'\\''s\"}'",
      "curl URL -d a -H 'Content-Type:'",
      "curl URL -d a -H 'content-type;'",
      "curl -0 -d a URL",
    ],
  ],
  [
    "a query of data",
    [
      "curl -G URL/a --data-urlencode 'q=a b' -d r=1",
      "curl -G 'URL/a?x=1' -d r=1",
      "curl -G 'URL/b?x#f' -d a",
      "curl -G 'URL/a/../b?#f' -d c",
      "curl -G --path-as-is 'URL/a/../b?' -d c",
      "curl -G URL -d a",
      "curl -G URL",
      "curl -G -I -d a URL",
      "curl -d y --json '{}' -G -g URL",
      "curl --url-query 'a=b c' --url-query d --url-query '+e%20f' 'URL/?b#f'",
      "curl -G --url-query a=b -d c=d 'URL/?e'",
    ],
  ],
  [
    "headers",
    [
      "curl URL -H 'X-A: 1' --header \"X-B: two  words  \"",
      "curl URL -H 'X-A:1' -H 'x-a;' -H 'X-B:' -H 'X-C:   ' -H 'X-A: 2'",
      "curl URL -H 'Host: photos.example.net:80'",
      "curl URL -H 'Host: one.example' -H 'Host: two.example'",
      "curl URL/a -H 'Host: photos.example.net' -u a:b",
      "curl URL -A agent -e 'http://example.com/;auto' -b 'a=b' -b 'c=d; e=f' -r 0-9",
      "curl URL -A agent -H 'User-Agent: other'",
      "curl URL -H 'User-Agent:' -H 'Accept:' -A x",
      "curl URL -b a=b -H 'Cookie: c=d'",
      "curl URL -r 5",
      "curl URL -u user:pass",
      "curl URL -u 'é:ü:x'",
      "curl URL -u user:pass -H 'Authorization: x'",
      "curl URL -u user:pass -H 'authorization:'",
      "curl http://a:b@HOST/ -u c:d",
      "curl URL --oauth2-bearer token -u a:b",
      "curl URL -H 'X-A: é'",
      "curl URL --oauth2-bearer $'t\\x6fken' -b $'a=it\\'s; b=\\u0021' -b c=d",
      "curl URL --user 'a b:c:d' --cookie 'e=f' --referer 'http://example.com/?a' --user-agent ''",
      "curl URL -u : -b 'a=b'",
      "curl -u a:b -X PUT -F 'c=d' --oauth2-bearer e URL",
    ],
  ],
  [
    "a multipart form",
    [
      "curl URL -F a=b -F 'c=\"d;e\"' -F 'f=g;h' -F 'i= j ;type=text/plain'",
      'curl URL -F \'a"b=c\' --form-string \'d="e;f"\' -F \'x=y;filename="z\\"z"\' -F \'q="a\\\\b\\"c\\d"\'',
      "curl URL -F 'a=b;type=text/plain; charset=x;filename=c.png' -F 'd=e;filename=f.PNG' -F '=g' -F h=",
      "curl URL -F 'b=\";type=x/y' -F 'c=d;type=\"x/y;q=1\"'",
      "curl URL --form-escape -F 'a\"\\b=c'",
      "curl URL -F 'a=b;filename=c.gif' -F 'a=b;filename=c.JPG' -F 'a=b;filename=c.jpeg' -F 'a=b;filename=c.png' -F 'a=b;filename=c.svg' -F 'a=b;filename=c.txt' -F 'a=b;filename=c.htm' -F 'a=b;filename=c.html' -F 'a=b;filename=c.pdf' -F 'a=b;filename=c.xml' -F 'a=b;filename=c.zip' -F 'a=b;filename=gif'",
      "curl URL -F 'a=b;filename=c;type=text/x' -F 'a=b;type=text/x;filename=c;filename=d' -F 'a=b;filename=c;type=text/y;z=1' -F 'a=  b  ;  filename=  c  ' -F 'a=\"b\" c;d;type=text/x'",
      "curl URL -F 'a=\"b' -F 'a=\"\\x\\\\\"' -F 'a=b\"c\"' -F 'a=b=c' -F 'a=' -F 'a==' -F 'a=\"\"'",
      "curl URL -F 'a\nb\r=c' -F 'd=e;filename=f\ng'",
      "curl URL -F a=------------------------0000000000000000",
      "curl URL -F a=------------------------0000000000000000 -F b=c",
      "curl URL -F 'a=)' -F 'b=c(' -F 'd=;type=text/x' -F 'e=f;type=text/x ;filename=g' -F 'h=i;type=text/x '",
      "curl URL -F $'a=\\v\\f\\u00a0b\\u00a0\\f\\n;filename=\\u2003c;type=text/x\\u00a0 '",
      "curl URL -F a=b -H 'X-Content-Type: c/d'",
      "curl URL -F a=b -H 'Content-Type:multipart/form-data'",
      "curl URL -F a=b -H 'Content-Type: multipart/mixed; x=content-type:multipart/form-data'",
      "curl URL -G -F a=b --url-query c=d",
      "curl URL -F a=b -H 'Content-Type: multipart/form-data'",
      "curl URL -F a=b -H 'Content-Type: multipart/mixed; x=y' -X PUT",
    ],
  ],
  [
    "options that do not change the request",
    [
      "curl -sS -vk URL/a \\\n  -X POST \\\n  -d 'a=b'",
      "curl -sSLd a=b URL --compressed --http1.1 --max-time 10 -o /dev/null -w '%{http_code}' --no-buffer",
      "curl -q4 -HX-A:b -dx -uq:p URL -o/dev/null --connect-timeout 5 --retry 0",
      "curl --no-keepalive --proto '=http' URL -m5",
      "curl URL --output-dir /dev --create-dirs -o null --speed-limit 1 --speed-time 9 -R --no-sessionid",
      "curl URL --keepalive-time 9 --max-filesize 999 --stderr /dev/null --retry-all-errors --ssl",
    ],
  ],
  [
    "quotes",
    [
      "curl URL -d $'a\\nb\\t\\x41\\u2603\\101\\'\\\"\\\\\\?\\e\\cA\\q'",
      "curl URL --data-raw $'\\xff\\xfe\\377\\xe2\\x98\\x83\\ud800'",
      "curl URL --data-raw $'\\xef\\xbb\\xbfa\ufeff'",
      "curl URL -A $'\\xe2\\x98\\x83'",
      "curl URL -d $'it\\u0027s \\u0021'",
      "curl URL -H $'X-A: \\xe9\\x41'",
      'curl URL -d "a\\"b\\\\c\\$d\\`e\\f!"',
      'curl URL -d "a\\\nb" -d a\\ b\\\'c',
      'curl URL -d "$" -d \'$x\' -d a$ -d "$.items"',
      "curl URL -d ''a'b'\"c\"$'d'",
      "curl URL -d a{ -d a} -d {a} -d a,b -d '{a,b}'",
      "curl URL -d * -d a?b -d [x]y -d a#b -d a=~b",
      "curl URL -d a -d \\\n  b",
      "curl URL -H 'X-A: ^\">' -d 'a ^\n b `\n'",
    ],
  ],
  [
    "what follows the command",
    [
      "curl URL/a | cat",
      "curl URL/a|cat",
      "curl URL/a > /dev/null 2>&1",
      "curl 2>/dev/null URL/a >/dev/null -d b",
      "curl URL/a && true",
      "curl URL/a; true",
      "curl URL/a # a comment -d b",
      "curl URL/a -d x\ntrue",
      "curl URL/a &>/dev/null",
      "curl URL/a -d b 2>&1 | jq '.[] | {c: .d}' > /dev/null",
      'curl -sS URL/a|jq -r ".a"',
      "curl URL/a | grep -c x || true",
      "curl URL/a >/dev/null 2>/dev/null </dev/null -d b",
      "curl URL/a >| /dev/null",
    ],
  ],
  [
    "browsers, “Copy as cURL (bash)”",
    [
      // Chrome
      "curl 'URL/api/items?page=2&sort=name' \\\n  -H 'Accept: application/json' \\\n  -H 'Accept-Language: en-US,en;q=0.9' \\\n  -H 'Connection: keep-alive' \\\n  -b 'session=abc; theme=dark' \\\n  -H 'Sec-Fetch-Mode: cors' \\\n  -H 'User-Agent: Mozilla/5.0 (X11; Linux x86_64)' \\\n  -H 'sec-ch-ua: \"Chromium\";v=\"130\", \"Not?A_Brand\";v=\"99\"' \\\n  --data-raw '{\"name\":\"a\"}' \\\n  --compressed \\\n  --insecure",
      "curl 'URL/a' \\\n  -H 'content-type: multipart/form-data; boundary=----WebKitFormBoundaryA' \\\n  --data-raw $'------WebKitFormBoundaryA\\r\\nContent-Disposition: form-data; name=\"a\"\\r\\n\\r\\nit\\'s\\u0021\\r\\n------WebKitFormBoundaryA--\\r\\n'",
      "curl 'URL/a?filter\\[name\\]=b' -X 'OPTIONS' -H 'Origin: http://example.com'",
      // Firefox
      "curl 'URL/a' --compressed -X POST -H 'User-Agent: Mozilla/5.0' -H 'Accept: */*' -H 'Content-Type: application/x-www-form-urlencoded; charset=UTF-8' -H 'Referer: http://example.com/' -H 'Connection: keep-alive' --data-raw 'a=1&b=%26'",
      "curl 'URL/a' -X POST --data-binary $'a\\r\\nb'",
      // Safari
      "curl 'URL/a' \\\n-X 'POST' \\\n-H 'Content-Type: application/json' \\\n-H 'Accept: */*' \\\n--data-binary '{\"a\":1}'",
    ],
  ],
  [
    "Postman and Insomnia",
    [
      "curl --location 'URL/1.1/statuses/update.json?include_entities=true' \\\n--header 'Authorization: OAuth oauth_consumer_key=\"a\",oauth_signature=\"b%3D\"' \\\n--header 'Content-Type: application/x-www-form-urlencoded' \\\n--data-urlencode 'status=Hello Ladies + Gentlemen, a signed OAuth request!'",
      "curl --location --request POST 'URL/a' \\\n--form 'a=\"b\"' \\\n--form 'c=\"d;e\"'",
      "curl --location --request DELETE 'URL/a/1' --data-raw ''",
      "curl --request POST \\\n  --url 'URL/a?b=c' \\\n  --header 'Content-Type: application/json' \\\n  --header 'User-Agent: insomnia/10.1.0' \\\n  --cookie session=abc \\\n  --data '{\n\t\"a\": \"b\"\n}'",
    ],
  ],
  [
    "the docs of services",
    [
      "curl --get 'URL/1.1/search.json' --data 'q=%23freebandnames' --header 'Authorization: OAuth oauth_consumer_key=\"a\", oauth_nonce=\"b\"' --verbose",
      'curl -X POST "URL/v3/customers" -H "Authorization: OAuth realm=\\"\\",oauth_consumer_key=\\"a\\"" -H \'Content-Type: text/xml\' -d \'<a b="c"/>\'',
      '$ curl URL/v1/charges -u sk_test_1: -d amount=2000 -d "metadata[order_id]"=6735',
      '/usr/bin/curl -i -H "Accept: application/vnd.github+json" URL/repos',
    ],
  ],
];

/** The request that arrives when a shell runs a command, and the reader's result. */
async function both(command: string): Promise<[CapturedRequest, CapturedRequest | undefined]> {
  const host = capture.origin.slice("http://".length);
  const text = command.replaceAll("URL", capture.origin).replaceAll("HOST", host);
  const shell = /\$['"]|&>/.test(text) ? "bash" : "sh";
  const received = await capture.during(() => runShell(shell, text.replace(/^\$ /, "")));
  return [readCapturedRequest(text), received];
}

describe.skipIf(isWithoutCurl)("readCurlCommand returns the request that curl sends for", () => {
  for (const [style, list] of commands) {
    describe(style, () => {
      for (const command of list) {
        it(command, async () => {
          const [read, received] = await both(command);
          if (received === undefined) throw new Error("curl sent nothing");
          expect(comparable(read, received)).toEqual(comparable(received, read));
        });
      }
    });
  }
});

describe("readCurlCommand returns the URL", () => {
  it.each([
    ["a.example", "http://a.example/"],
    ["a.example:8080/b:c@d", "http://a.example:8080/b:c@d"],
    ["HTTPS://A.example:443", "https://A.example/"],
    ["https://a.example:80/", "https://a.example:80/"],
    ["http://a.example:443/", "http://a.example:443/"],
    ["http://a.example:0080/", "http://a.example/"],
    ["http://a.example:00081/", "http://a.example:81/"],
    ["http://a.example:65535/", "http://a.example:65535/"],
    ["http://a.example:/", "http://a.example/"],
    ["http://[::1]", "http://[::1]/"],
    ["http://u:v@[::ffff:7f00:1]:8080/a", "http://[::ffff:7f00:1]:8080/a"],
    ["'http://[::1]/\\[a\\]'", "http://[::1]/[a]"],
    // RFC 5891
    ["http://bücher.example/", "http://xn--bcher-kva.example/"],
    ["http://u@v:w@a.example/", "http://a.example/"],
    ["'http://a.example?b/../c'", "http://a.example/?b/../c"],
    ["'http://a.example#b'", "http://a.example/"],
    ["a.example/?u=http://b.example/", "http://a.example/?u=http://b.example/"],
    ["'u@[::1]:8080/a'", "http://[::1]:8080/a"],
  ])("of %s as %s", (word, url) => {
    expect(readCurlCommand(`curl ${word}`).url).toBe(url);
  });

  it.each([
    "http://a.example:65536/",
    "http://a.example:000080/",
    "http://a.example:-1/",
    "http://a.example:8a/",
    "http://[::1/",
    "http://[::g]/",
    "http://::1/",
    "http://a%41/",
    "'http://a\\b/'",
    "http:////a/",
    "http://:80/",
    "http://a\ufffd/",
    "http://a\ufffd:81/",
    "http://a.example/?a=[1]",
    "http://a.example/?a=[12::g]",
    "http://a.example/?a=[1::2::3]",
    "http://a.example/?a=[1.2.3.4]",
    "x-http://a/",
    "httpx://a/",
  ])("not of %s", (word) => {
    expect(() => readCurlCommand(`curl ${word}`)).toThrow(
      expect.objectContaining({ code: "ERR_CAPTURED_URL", column: 6 }),
    );
  });
});

describe("readCurlCommand returns the credentials of the URL", () => {
  it.each([
    ["u:v", "u:v"],
    ["u", "u:"],
    ["u%20w:%e9", "u w:\xe9"],
    ["%zz:%", "%zz:%"],
    ["u@v:w:x", "u@v:w:x"],
  ])("%s", (userinfo, credentials) => {
    expect(readCurlCommand(`curl http://${userinfo}@a.example/`).headers).toEqual([
      ["Authorization", `Basic ${Buffer.from(credentials, "latin1").toString("base64")}`],
    ]);
  });
});

describe("readCurlCommand ignores what follows the command", () => {
  it.each([
    "| mycurl -x",
    "; xcurl a",
    "| jq curl",
    "\necho -d a",
    "\n\ncd a",
    "; -d a",
    "| https://b.example/",
  ])("%j", (rest) => {
    const { method, url } = readCurlCommand(`curl http://a.example/ ${rest}`);
    expect({ method, url }).toEqual({ method: "GET", url: "http://a.example/" });
  });

  it.each<[rest: string, code: string, line: number, column: number]>([
    ["|\tcurl b", "ERR_SEVERAL_REQUESTS", 1, 26],
    ["&& curl b", "ERR_SEVERAL_REQUESTS", 1, 27],
    ["\n curl\tb", "ERR_SEVERAL_REQUESTS", 2, 2],
    ["\n\n  -d b", "ERR_SHELL_SYNTAX", 3, 3],
    ["\n--data b", "ERR_SHELL_SYNTAX", 2, 1],
    ["\n'http://b.example/'", "ERR_SHELL_SYNTAX", 2, 1],
    ['\n"https://b.example/"', "ERR_SHELL_SYNTAX", 2, 1],
    ["\nhttps://b.example/", "ERR_SHELL_SYNTAX", 2, 1],
  ])("but not %j: %s at line %i, column %i", (rest, code, line, column) => {
    expect(() => readCurlCommand(`curl http://a.example/ ${rest}`)).toThrow(
      expect.objectContaining({ code, line, column }),
    );
  });
});

describe("readCurlCommand reads a prompt", () => {
  it.each([
    "$ curl",
    "% curl",
    "# curl",
    "> curl",
    "jane@host:~/code$curl",
    "[jane@host a b]# curl",
    "C:\\Users\\jane>curl.exe",
    "  /opt/bin/curl",
    "./curl",
    "CURL",
  ])("%s", (prompt) => {
    expect(readCapturedRequest(`${prompt} http://a.example/`).url).toBe("http://a.example/");
  });

  it.each(["curls", "xcurl", "a $ curl", "'$ curl", "curl.exes", "$ $ curl"])(
    "but not %s",
    (prompt) => {
      expect(() => readCurlCommand(`${prompt} http://a.example/`)).toThrow(
        expect.objectContaining({ code: "ERR_UNKNOWN_FORM" }),
      );
    },
  );
});

describe.skipIf(isWithoutCurl)("an option of curl", () => {
  // If the reader and curl disagree on whether an option has a value, the rest of the command
  // is misread.
  const help = isWithoutCurl ? "" : execFileSync("curl", ["--help", "all"], { encoding: "utf8" });
  const options = [...help.matchAll(/^ *(?:-(.), )? *--([\w.-]+)( [<[])?/gm)];
  const isKnown = (words: string) => {
    try {
      return readCurlCommand(`curl -d x ${words} http://a/`).body !== null;
    } catch (error) {
      const { message } = error as Error;
      if (message.includes("is unknown") || message.includes("cannot be read")) return undefined;
      return false;
    }
  };

  it("has a value in the reader exactly if it has one in curl", () => {
    let known = 0;
    for (const [, letter, name = "", value] of options) {
      for (const option of letter === undefined ? [`--${name}`] : [`--${name}`, `-${letter}`]) {
        const isRead = isKnown(value === undefined ? option : `${option} a:b=c`);
        // These change the method, the URL or the body, and need a value of their own kind.
        if (
          isRead !== undefined &&
          !/^--?(?:I|head|G|get|F|form|form-string|X|request|request-target|url)$/.test(option)
        ) {
          expect(isRead, option).toBe(true);
          known++;
        }
      }
    }
    expect(known).toBeGreaterThan(120);
  });
});

describe.skipIf(isWithoutCurl)("readCurlCommand with random commands", () => {
  const text = fc.string({
    unit: fc.constantFrom(
      ...Array.from("ab1 '\"\\$`!&|;<>@=%+é☃\n\t{}[]~#*?,^-:()"),
      "😀",
      "..",
      "/",
    ),
    maxLength: 12,
  });
  /** Ways to quote a word. */
  const quoted = (word: string) =>
    fc.constantFrom(
      `'${word.replaceAll("'", "'\\''")}'`,
      `"${word.replace(/["\\$`]/g, "\\$&")}"`,
      word === "" ? "''" : word.replace(/[^\w\n]/gu, "\\$&").replaceAll("\n", "'\n'"),
      `$'${word.replace(/['\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("é", "\\xc3\\xa9").replaceAll("☃", "\\u2603")}'`,
    );
  const path = fc
    .array(fc.constantFrom("a", ".", "..", "%2e", "...", "", "é", "~", "b;c", "d,e"), {
      maxLength: 5,
    })
    .map((segments) => segments.map((segment) => `/${segment}`).join(""));
  const query = fc.option(
    fc
      .array(fc.constantFrom("a=b", "c", "=d", "%20", "+", "/..", "?", "'", "☃", "="), {
        maxLength: 4,
      })
      .map((pairs) => pairs.join("&")),
  );
  const name = fc.constantFrom("X-A", "x-b", "Content-Type", "Cookie", "Authorization", "Accept");
  const option = fc.oneof(
    text.map((value) => ["-d", value.replace(/^@+/, "")]),
    text.map((value) => ["--data-raw", value]),
    text.map((value) => ["--data-binary", value.replace(/^@+/, "")]),
    text.map((value) => ["--data-urlencode", `=${value}`]),
    fc.tuple(name, text).map(([field, value]) => ["-H", `${field}: ${value.replace(/\n/g, "")}`]),
    name.map((field) => ["-H", `${field};`]),
    fc.constantFrom(["-s"], ["--compressed"], ["-k", "-L"], ["-g"], ["--path-as-is"]),
    fc.constantFrom("PUT", "PATCH", "DELETE").map((method) => ["-X", method]),
    text.map((value) => ["-b", `a=${value.replace(/\n/g, "")}`]),
    fc.constant(["-u", "a:b c"]),
  );
  const request = fc.record({ path, query, options: fc.array(option, { maxLength: 6 }) });
  const command = request.chain(({ path, query, options }) =>
    fc
      .tuple(
        quoted(`URL${path}${query === null ? "" : `?${query}`}#fragment`),
        ...options.flat().map(quoted),
        fc.constantFrom(" ", "  ", " \\\n "),
      )
      .map((words) => ["curl", ...words.slice(0, -1)].join(words.at(-1))),
  );

  it("returns the requests that curl sends", { timeout: 600_000 }, async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(command, async (command) => {
        const [read, received] = await both(command);
        if (received === undefined) return;
        count++;
        expect(comparable(read, received)).toEqual(comparable(received, read));
      }),
      { numRuns: 150 },
    );
    expect(count).toBeGreaterThan(100);
  });
});

describe("readCurlCommand rejects", () => {
  const rejected: [command: string, code: string, line: number, column: number][] = [
    ["curl http://example.com/?a=b&c=d", "ERR_SHELL_SYNTAX", 1, 29],
    ["curl http://example.com/ -d $NAME", "ERR_SHELL_SYNTAX", 1, 29],
    ['curl http://example.com/ -d "a$(b)"', "ERR_SHELL_SYNTAX", 1, 31],
    ["curl http://example.com/ -d `b`", "ERR_SHELL_SYNTAX", 1, 29],
    ["curl http://example.com/ -d 'a", "ERR_SHELL_SYNTAX", 1, 29],
    ['curl http://example.com/ \\\n -d "a', "ERR_SHELL_SYNTAX", 2, 5],
    ["curl http://example.com/ -d $'a", "ERR_SHELL_SYNTAX", 1, 29],
    ["curl http://example.com/ -d $'a\\0b'", "ERR_SHELL_SYNTAX", 1, 32],
    ['curl http://example.com/ -d {"a":1,"b":2}', "ERR_SHELL_SYNTAX", 1, 33],
    ["curl http://example.com/ -d (a)", "ERR_SHELL_SYNTAX", 1, 29],
    ["curl http://example.com/\n -d a", "ERR_SHELL_SYNTAX", 2, 2],
    ["curl -d a\ncurl http://example.com/", "ERR_SEVERAL_REQUESTS", 2, 1],
    ["curl http://example.com/ http://example.org/", "ERR_SEVERAL_REQUESTS", 1, 26],
    ["curl http://example.com/ --next http://example.org/", "ERR_CURL_OPTION", 1, 26],
    ["curl http://example.com/ --haeder 'A: b'", "ERR_CURL_OPTION", 1, 26],
    ["curl http://example.com/ -H", "ERR_CURL_OPTION", 1, 26],
    ["curl http://example.com/ --silent=yes", "ERR_CURL_OPTION", 1, 26],
    ["curl http://example.com/ -sK config", "ERR_CURL_OPTION", 1, 26],
    ["curl http://example.com/ -I -d a", "ERR_CURL_OPTION", 1, 26],
    ["curl http://example.com/ -F a=b \\\n -d a", "ERR_CURL_OPTION", 2, 2],
    ["curl http://example.com/ -F a=b \\\n -d a -G -s", "ERR_CURL_OPTION", 2, 7],
    ["curl “http://example.com/”", "ERR_SHELL_SYNTAX", 1, 6],
    ["curl http://example.com/ -H ‘A: b’", "ERR_SHELL_SYNTAX", 1, 29],
    ["curl http://example.com/ -H ':authority: a'", "ERR_CAPTURED_HEADER_FIELD", 1, 29],
    ["curl http://example.com/ -d $'a\\cé'", "ERR_SHELL_SYNTAX", 1, 32],
    ["curl http://example.com/ -u name", "ERR_CURL_OPTION", 1, 29],
    ["curl http://example.com/ -F name", "ERR_CURL_OPTION", 1, 29],
    ["curl http://example.com/ -d @file", "ERR_CAPTURED_FILE", 1, 29],
    ["curl http://example.com/ -F a=@file", "ERR_CAPTURED_FILE", 1, 29],
    ["curl http://example.com/ -b cookies.txt", "ERR_CAPTURED_FILE", 1, 29],
    [
      "curl http://example.com/ -H 'Authorization OAuth a=\"b\"'",
      "ERR_CAPTURED_HEADER_FIELD",
      1,
      29,
    ],
    ["curl http://example.com/ -H 'Authorization : OAuth'", "ERR_CAPTURED_HEADER_FIELD", 1, 29],
    ["curl http://example.com/ -H $'A: b\\nC: d'", "ERR_CAPTURED_HEADER_FIELD", 1, 29],
    ["curl http://example.com/ -H 'Host: a/b'", "ERR_CAPTURED_HOST", 1, 29],
    ["curl http://example.com/ -X 'GET /'", "ERR_CAPTURED_METHOD", 1, 29],
    ["curl 'http://example.com/a b'", "ERR_CAPTURED_URL", 1, 6],
    ["curl 'http://example.com/?a[0]=1'", "ERR_CAPTURED_URL", 1, 6],
    ["curl http:///", "ERR_CAPTURED_URL", 1, 6],
    ["curl ftp://example.com/", "ERR_CAPTURED_URL", 1, 6],
    ["curl http://example.com:port/", "ERR_CAPTURED_URL", 1, 6],
    ["curl http://example.com:65536/", "ERR_CAPTURED_URL", 1, 6],
    ["curl -s", "ERR_CAPTURED_URL", 1, 1],
  ];
  it.each(rejected)("%j with %s at line %i, column %i", (command, code, line, column) => {
    expect(() => readCapturedRequest(command)).toThrow(
      expect.objectContaining({ name: "CapturedRequestError", code, line, column }),
    );
  });

  it("with a message that never contains a value", () => {
    for (const option of ["-K", "--config=", "-u", "-b", "-F", "-H", "-X '", "-zSECRET "]) {
      const command = `curl http://example.com/ ${option}SECRET${option.endsWith("'") ? " '" : ""}`;
      expect(() => readCurlCommand(command)).toThrow(/^(?!.*SECRET)/);
    }
  });
});
