// PowerShell does not run in these tests. Its behaviour is taken from Microsoft's documentation
// ("Invoke-WebRequest", "about_Quoting_Rules"), and the commands are those that Chrome writes.
import { readCapturedRequest, readPowershellCommand } from "@oauth1/captured-request";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** A string of PowerShell, by the rules of "about_Quoting_Rules", with Chrome's subexpressions. */
const quoted = (text: string) =>
  `"${Array.from({ length: text.length }, (_, index) => {
    const unit = text.charAt(index);
    if (/[`$"]/.test(unit)) return `\`${unit}`;
    return /[ -~]/.test(unit) ? unit : `$([char]${unit.charCodeAt(0)})`;
  }).join("")}"`;

const CHROME = `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0 (Windows NT 10.0)"
$session.Cookies.Add((New-Object System.Net.Cookie("a", "b c", "/", "example.com")))
$session.Cookies.Add((New-Object System.Net.Cookie("d", "e", "/", "example.com")))
Invoke-WebRequest -UseBasicParsing -Uri "https://example.com/a?b=%20c&d" \`
-Method "POST" \`
-WebSession $session \`
-Headers @{
"accept"="*/*"
  "authorization"="OAuth oauth_nonce=\`"a\`", oauth_signature=\`"b%3D\`""
} \`
-ContentType "application/json" \`
-Body ([System.Text.Encoding]::UTF8.GetBytes("{\`"a\`":\`"\`$5 $([char]9731) $([char]55357)$([char]56832)\`"}"))`;

describe("a PowerShell command", () => {
  it.each([
    ["LF", CHROME],
    ["CRLF", CHROME.replaceAll("\n", "\r\n")],
  ])("copied by Chrome is read as the request that Chrome sent: %s", (_, text) => {
    expect(readCapturedRequest(text)).toEqual({
      method: "POST",
      url: "https://example.com/a?b=%20c&d",
      headers: [
        ["User-Agent", "Mozilla/5.0 (Windows NT 10.0)"],
        ["Cookie", "a=b c; d=e"],
        ["Content-Type", "application/json"],
        ["accept", "*/*"],
        ["authorization", 'OAuth oauth_nonce="a", oauth_signature="b%3D"'],
      ],
      body: new TextEncoder().encode('{"a":"$5 ☃ 😀"}'),
    });
  });

  it("can be written by hand", () => {
    const text = `irm 'https://example.com/' -Method Post -Body 'a=it''s' -Headers @{ X-A = 'b'; "X-B"="c" }; exit`;
    expect(readPowershellCommand(text)).toEqual({
      method: "POST",
      url: "https://example.com/",
      headers: [
        ["Content-Type", "application/x-www-form-urlencoded"],
        ["X-A", "b"],
        ["X-B", "c"],
      ],
      body: new TextEncoder().encode("a=it's"),
    });
  });

  it.each([
    "iwr http://a/ -Method PUT",
    "Invoke-RestMethod -Uri:http://a/ -CustomMethod:Put",
    "INVOKE-WEBREQUEST\t-method PUT\thttp://a/ -OutFile a -TimeoutSec 5 -Verbose\r\n",
    "irm http://a/ `\n -Method `\r\n  put -UseBasicParsing | a",
    " ; irm -Method PUT -Uri 'http://a/'\nWrite-Output a",
    "irm -Uri “http://a/” -Method ‘PUT’;",
    "\n irm http://a/ -Method `\nPUT",
    "irm `\n`\r\n http://a/ -Method \t`\n\t PUT",
  ])("can have any spelling: %j", (text) => {
    const request = { method: "PUT", url: "http://a/", headers: [], body: null };
    expect(readPowershellCommand(text)).toEqual(request);
    if (!text.startsWith(" ;")) expect(readCapturedRequest(text)).toEqual(request);
  });

  it.each([
    `$session=New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent="c"
$session.Cookies.Add((New-Object System.Net.Cookie("a","b")))
irm http://a/ -WebSession $session`,
    `$session  =  New-Object  Microsoft.PowerShell.Commands.WebRequestSession ;
$session.UserAgent  =  "c" ;
$session.Cookies.Add(  (  New-Object  System.Net.Cookie  (  "a"  ,  "b"  )  )  ) ;
irm http://a/ -WebSession $session`,
  ])("can have any spaces in the session: %j", (text) => {
    const headers = [
      ["User-Agent", "c"],
      ["Cookie", "a=b"],
    ];
    const request = { method: "GET", url: "http://a/", headers, body: null };
    expect(readCapturedRequest(text)).toEqual(request);
  });

  it("is not recognized in the body of another request", () => {
    const headers = [["Host", "a"]];
    const body = new TextEncoder().encode("irm http://b/");
    const request = { method: "PUT", url: "https://a/", headers, body };
    expect(readCapturedRequest("PUT / HTTP/1.1\nHost: a\n\nirm http://b/")).toEqual(request);
  });

  it.each(["GETS", "FORGET", "HEADS", "AHEAD", "DELETE"])("can have a body with %s", (method) => {
    const body = new TextEncoder().encode("a=b");
    const text = `irm http://a/ -CustomMethod ${method} -Body "a=b"`;
    const request = { method, url: "http://a/", headers: [], body };
    expect(readPowershellCommand(text)).toEqual(request);
  });

  it("has the type of -ContentType, or else of -Headers, or else of a form that is posted", () => {
    const typesOf = (options: string) =>
      readPowershellCommand(`irm http://a/ ${options}`).headers.filter(([name]) =>
        /^content-type$/i.test(name),
      );
    const headers = "-Headers @{'content-type'='a/b'}";
    expect(typesOf(`-Method Post -Body a -ContentType c/d ${headers}`)).toEqual([
      ["Content-Type", "c/d"],
    ]);
    expect(typesOf(`-Method Post -Body a ${headers}`)).toEqual([["content-type", "a/b"]]);
    expect(typesOf("-Method Post -Body a")).toEqual([
      ["Content-Type", "application/x-www-form-urlencoded"],
    ]);
    expect(typesOf("-Method Put -Body a")).toEqual([]);
    expect(typesOf("-Method Post")).toEqual([]);
  });

  it("has the user agent of the session or of -UserAgent", () => {
    const agent = [["User-Agent", "a"]];
    expect(readPowershellCommand("irm http://a/ -UserAgent a").headers).toEqual(agent);
    expect(readPowershellCommand("$session.UserAgent='a'\nirm http://a/").headers).toEqual(agent);
  });

  it("is read with the values that were quoted", () => {
    const text = fc
      .string({ unit: fc.constantFrom(...Array.from("ab1 '\"`$(){}[]@;|&,\\é☃\n“”‘’"), "😀") })
      .filter((value) => value !== "");
    fc.assert(
      fc.property(text, text, (body, header) => {
        const value = `(${header.replaceAll("\n", "")})`;
        const command = `Invoke-WebRequest "https://example.com/" -Method PUT -Headers @{"X-A"=${quoted(value)}} -Body ([System.Text.Encoding]::UTF8.GetBytes(${quoted(body)}))`;
        const read = readCapturedRequest(command);
        expect(new TextDecoder().decode(read.body ?? undefined)).toBe(body);
        expect(read.headers).toEqual([["X-A", value]]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['Invoke-WebRequest -Method "GET"', "ERR_CAPTURED_URL", 1, 1],
    ['Invoke-WebRequest -Uri "/a"', "ERR_CAPTURED_URL", 1, 24],
    ['Invoke-WebRequest -Uri "https://a/é"', "ERR_CAPTURED_URL", 1, 24],
    ['Invoke-WebRequest -Uri "https://a/', "ERR_SHELL_SYNTAX", 1, 24],
    ['Invoke-WebRequest -Uri "https://a/$b"', "ERR_SHELL_SYNTAX", 1, 35],
    ["Invoke-WebRequest -Uri $url", "ERR_SHELL_SYNTAX", 1, 24],
    ["Invoke-WebRequest https://a/ -Form @{}", "ERR_SHELL_SYNTAX", 1, 30],
    ["Invoke-WebRequest https://a/ -Headers $headers", "ERR_SHELL_SYNTAX", 1, 39],
    ["Invoke-WebRequest https://a/ -Headers @{a}", "ERR_SHELL_SYNTAX", 1, 42],
    ["Invoke-WebRequest https://a/ -Headers @{a=b", "ERR_SHELL_SYNTAX", 1, 44],
    ["Invoke-WebRequest https://a/ -Method Put -Body 'é'", "ERR_SHELL_SYNTAX", 1, 48],
    ["Invoke-WebRequest https://a/ -Body 'a'", "ERR_CAPTURED_BODY", 1, 36],
    ["Invoke-WebRequest https://a/?b&c", "ERR_SHELL_SYNTAX", 1, 31],
    ["$session = 1\nInvoke-WebRequest https://a/", "ERR_SHELL_SYNTAX", 1, 1],
    ["irm https://a/\nirm https://b/", "ERR_SEVERAL_REQUESTS", 2, 1],
    ["irm -1 https://a/", "ERR_SHELL_SYNTAX", 1, 5],
    ["irm -Uri1 https://a/", "ERR_SHELL_SYNTAX", 1, 5],
    ["irm https://a/ -Headers @{='a'}", "ERR_SHELL_SYNTAX", 1, 27],
    ["xirm https://a/", "ERR_UNKNOWN_FORM", 1, 1],
    ["irm -Uri xhttps://a/", "ERR_CAPTURED_URL", 1, 10],
  ])("is rejected: %j with %s at line %i, column %i", (text, code, line, column) => {
    expect(() => readCapturedRequest(text)).toThrow(
      expect.objectContaining({ code, line, column }),
    );
  });
});
