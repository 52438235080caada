import {
  CapturedRequestError,
  readCurlArguments,
  readCurlCommand,
  readFetchSnippet,
  readPowershellCommand,
} from "@oauth1/captured-request";
import { attempt, type FuzzTarget } from "../target.js";
import { checkCaptured } from "./captured.js";

/** A curl command in the quoting of each shell, and the commands that browsers copy beside it. */
export const target: FuzzTarget = {
  name: "curl-command",
  modules:
    /captured-request\/dist\/(?:curl\/|shell\/|powershell\/|literal\/read-fetch|literal\/parse|scanner)/,
  seeds: [
    "curl 'http://photos.example.net/photos?size=original'",
    "curl -X POST https://example.com/ -H 'Content-Type: a/b' --data-raw $'a\\u0021\\n'",
    "curl -G https://example.com/ -d a=b --data-urlencode 'c=d e' -u u:p --compressed",
    'curl ^"https://example.com/^" ^\n  -H ^"a: b^" --data-raw ^"x^"',
    "curl -F a=b -F 'c=d;type=text/plain' https://example.com/ -b 'x=y' -e r -A z",
    'fetch("https://example.com/", {"headers": {"a": "b"}, "body": "c", "method": "POST"});',
    'Invoke-WebRequest -UseBasicParsing -Uri "https://example.com/" `\n-Method "POST" -Headers @{\n"a"="b"\n} -Body "c"',
    "curl https://example.com/{a,b}[1-3] -g --json '{}' -T - --url-query q=r",
  ],
  tokens: [
    "curl ",
    "-H ",
    "-d ",
    "--data-raw ",
    "'",
    '"',
    "\\\n",
    "^\n",
    "`\n",
    "$'",
    "\\x41",
    "\\'",
    "^^",
    "@",
    "--next",
    "-X",
    "-G",
    "-F ",
    ";type=",
    "-u ",
    "--url ",
    "$x",
    "$(a)",
    "[1-9]",
    "{a,b}",
    "--json",
    "@{",
    "fetch(",
  ],
  check(input) {
    for (const shell of ["posix", "cmd", "powershell"] as const) {
      checkCaptured(input, (text) => readCurlCommand(text, { shell }));
    }
    checkCaptured(input, readFetchSnippet);
    checkCaptured(input, readPowershellCommand);
    attempt(() => readCurlArguments(input.split(" ")), CapturedRequestError);
  },
};
