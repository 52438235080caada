import { Fault } from "../reading.js";
import { Scanner } from "../scanner.js";
import { quoted } from "../shell/powershell-words.js";
import { OPERATOR } from "../shell/reasons.js";
import type { Word } from "../shell/word.js";
import { wellFormed } from "../source-text.js";

/** What a call of `Invoke-WebRequest`, and the session before it, contain. */
export interface PowershellRequest {
  uri?: Word;
  method?: Word;
  body?: Word;
  contentType?: Word;
  userAgent?: Word;
  readonly cookies: (readonly [name: string, value: string])[];
  readonly headers: (readonly [name: string, value: Word])[];
}

/** Parses the statements that Chrome writes: a session and its members, and one call. */
export function powershellRequest(text: string): PowershellRequest {
  const scanner = new Scanner(text, 0);
  const request: PowershellRequest = { cookies: [], headers: [] };
  for (;;) {
    scanner.match(/[\s;]+/y);
    if (scanner.match(NEW_SESSION)) continue;
    if (scanner.match(/\$session\.UserAgent\s*=\s*/iy)) request.userAgent = requiredText(scanner);
    else if (scanner.match(ADD_COOKIE)) request.cookies.push(readCookie(scanner));
    else if (scanner.match(CALL)) break;
    else throw scanner.fault("this statement cannot be read: keep the Invoke-WebRequest command");
  }
  readParameters(scanner, request);
  const rest = text.slice(scanner.index);
  const other = /(?:Invoke-(?:WebRequest|RestMethod)|\biwr|\birm)\s/i.exec(rest);
  if (other !== null) {
    const reason = "the text has several requests: keep one of them";
    throw new Fault("ERR_SEVERAL_REQUESTS", reason, scanner.index + other.index);
  }
  return request;
}

function readParameters(scanner: Scanner, request: PowershellRequest): void {
  for (;;) {
    while (scanner.match(/[ \t\r]+/y) ?? scanner.match(/`\r?\n/y));
    const { index, next } = scanner;
    if (/^[;|\n]?$/.test(next)) return;
    const name = scanner.match(/-([a-z]+)(?=[\s:]|$)/iy)?.[1]?.toLowerCase();
    if (name === undefined) {
      if (next === "-" || request.uri !== undefined) throw scanner.fault(OPERATOR);
      request.uri = requiredText(scanner);
      continue;
    }
    scanner.match(/:?[ \t]*(?:`\r?\n[ \t]*)?/y);
    if (name === "uri") request.uri = requiredText(scanner);
    else if (name === "method" || name === "custommethod") request.method = requiredText(scanner);
    else if (name === "contenttype") request.contentType = requiredText(scanner);
    else if (name === "useragent") request.userAgent = requiredText(scanner);
    else if (name === "body") request.body = readBody(scanner);
    else if (name === "headers") request.headers.push(...readTable(scanner));
    else if (name === "websession") {
      if (!scanner.match(/\$session\b/iy)) throw scanner.fault("-WebSession must be $session");
    } else if (WITH_VALUE.has(name)) requiredText(scanner);
    else if (!SWITCHES.has(name)) {
      const reason = "this parameter cannot be read: remove it if it does not change the request";
      throw scanner.fault(reason, index);
    }
  }
}

/** `@{ "name"="value" }`, with one pair a line, or semicolons between them. */
function readTable(scanner: Scanner): [name: string, value: Word][] {
  const pairs: [name: string, value: Word][] = [];
  if (!scanner.match(/@\{/y)) throw scanner.fault('-Headers must be a table: @{ "Name"="value" }');
  for (;;) {
    scanner.match(/[\s;]+/y);
    if (scanner.match(/\}/y)) return pairs;
    const name = quoted(scanner) ?? scanner.match(/[\w-]+/y)?.[0];
    if (name === undefined || !scanner.match(/\s*=\s*/y)) {
      throw scanner.fault(
        "a name, an equals sign and a value, or a closing brace, is missing here",
      );
    }
    pairs.push([name, requiredText(scanner)]);
  }
}

/** Text, or its octets as UTF-8. The octets of other text depend on the version of PowerShell. */
function readBody(scanner: Scanner): Word {
  const { index } = scanner;
  if (scanner.match(/\(\[System\.Text\.Encoding\]::UTF8\.GetBytes\(/iy)) {
    const { text } = requiredText(scanner);
    if (!scanner.match(/\)\)/y)) throw scanner.fault("two closing parentheses are missing here");
    return { text, index };
  }
  const body = requiredText(scanner);
  if (/^[\0-\x7f]*$/.test(body.text)) return body;
  const reason =
    'how PowerShell encodes this text depends on its version: write it as ([System.Text.Encoding]::UTF8.GetBytes("…"))';
  throw scanner.fault(reason, index);
}

/** `System.Net.Cookie("name", "value", "/", "example.com")` */
function readCookie(scanner: Scanner): readonly [name: string, value: string] {
  const name = requiredText(scanner);
  const others: Word[] = [];
  while (scanner.match(/\s*,\s*/y)) others.push(requiredText(scanner));
  const [value] = others;
  if (value === undefined || !scanner.match(/\s*\)\s*\)\s*\)/y)) {
    throw scanner.fault("a cookie must have a name and a value, and three closing parentheses");
  }
  return [name.text, value.text];
}

/** Quoted text, or a word without special characters. */
function requiredText(scanner: Scanner): Word {
  const { index } = scanner;
  const text = quoted(scanner) ?? scanner.match(/[\w:/.?=%~+-]+/y)?.[0];
  if (text === undefined) throw scanner.fault("a value must be text in quotes: write it here");
  return { text: wellFormed(text), index };
}

const NEW_SESSION =
  /\$session\s*=\s*New-Object\s+Microsoft\.PowerShell\.Commands\.WebRequestSession(?=\s)/iy;
const ADD_COOKIE = /\$session\.Cookies\.Add\(\s*\(\s*New-Object\s+System\.Net\.Cookie\s*\(\s*/iy;
const CALL = /(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?=\s)/iy;

/** Parameters that do not change the request. */
const SWITCHES = new Set(
  "usebasicparsing disablekeepalive passthru skipcertificatecheck skipheadervalidation skiphttperrorcheck verbose".split(
    " ",
  ),
);
const WITH_VALUE = new Set(
  "outfile timeoutsec maximumredirection maximumretrycount retryintervalsec sessionvariable erroraction httpversion".split(
    " ",
  ),
);
