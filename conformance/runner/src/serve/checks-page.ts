import { createHash } from "node:crypto";
import { printableLine } from "@oauth1/printable";
import { shortened } from "../shortened.js";
import type { CheckedRequest, Finding } from "./checked-request.js";
import { differenceOf, furtherDifferences } from "./difference.js";
import type { TestCredentials } from "./test-credentials.js";

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d5d9de, #3b424b); --soft: light-dark(#59636f, #9aa5b3);
--good: light-dark(#17633f, #7fd0a5); --bad: light-dark(#a3261f, #ff9d94); --code: light-dark(#f3f5f7, #1c2127); }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1rem; margin: 0; }
h2 code { display: block; line-height: 1.4; word-break: break-all; }
.valid { color: var(--good); } .invalid { color: var(--bad); }
article { border-top: 1px solid var(--line); padding: 1rem 0; }
article p { margin: 0.5rem 0; overflow-wrap: anywhere; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
code { overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: 0.25rem; margin: 0.25rem 0 0.75rem; overflow: auto; padding: 0.5rem 0.75rem; }
pre.whole { max-height: 10rem; white-space: pre-wrap; word-break: break-all; }
h3 { color: var(--soft); font-size: 0.875rem; font-weight: 600; margin: 0.75rem 0 0; }
ul { margin: 0.25rem 0; padding-left: 1.25rem; } li { overflow-wrap: anywhere; }
small { color: var(--soft); display: block; font-size: 0.875rem; }
summary { color: var(--soft); cursor: pointer; font-size: 0.875rem; }
dl { display: grid; gap: 0.25rem 1rem; grid-template-columns: max-content 1fr; }
dt { color: var(--soft); } dd { margin: 0; }
`;

/** The policy of the page: its own style, and nothing else. */
export const PAGE_POLICY: string = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;

/**
 * The page of the last requests. It needs no script, and does not contain a secret.
 *
 * @param articles - Those of {@link checkArticle}, the newest first.
 */
export function checksPage(
  articles: readonly string[],
  { client, token }: TestCredentials,
  origin: string,
): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Checked requests</title>
<style>${STYLE}</style>
<main>
<h1>Checked requests</h1>
<p>Send signed requests to <code>${escaped(origin)}</code>. Each one is checked against
<a href="https://www.rfc-editor.org/rfc/rfc5849">RFC 5849</a>. <a href="/">Reload</a> to see new ones.</p>
<dl>
<dt>Client identifier</dt><dd><code>${escaped(client.identifier)}</code></dd>
<dt>Token identifier</dt><dd><code>${escaped(token.identifier)}</code></dd>
</dl>
${articles.length === 0 ? "<p>No request has arrived yet.</p>" : articles.join("\n")}
</main>
</html>
`;
}

/** The result of one request, for {@link checksPage}. Long text is cut. */
export function checkArticle(checked: CheckedRequest): string {
  const { method, url, valid, status, summary, findings } = checked;
  const title = `<h2><span class="${valid ? "valid" : "invalid"}">${valid ? "Valid" : "Invalid"} (${status})</span><code>${escaped(`${method} ${shortened(url, LONGEST_URL)}`)}</code></h2>`;
  if (valid) return `<article>${title}${rulesThatHold(findings)}</article>`;
  return `<article>${title}
<p>${escaped(summary)}</p>
${brokenRules(findings)}${explanation(checked)}${rulesThatHold(findings)}</article>`;
}

/** The length of the longest URL in a heading. */
const LONGEST_URL = 300;

function brokenRules(findings: readonly Finding[]): string {
  const items = findings
    .filter(({ holds }) => !holds)
    .map(
      ({ rule, section, sentence, text }) =>
        `<li><strong>${escaped(rule)}</strong> (${escaped(section)}): ${escaped(text)} <small>${escaped(sentence)}</small></li>`,
    );
  return `<h3>Broken rules</h3><ul>${items.join("")}</ul>\n`;
}

function rulesThatHold(findings: readonly Finding[]): string {
  const items = findings
    .filter(({ holds }) => holds)
    .map(
      ({ rule, section, sentence }) =>
        `<li>${escaped(rule)} (${escaped(section)}) <small>${escaped(sentence)}</small></li>`,
    );
  if (items.length === 0) return "";
  const rules = items.length === 1 ? "rule" : "rules";
  return `<details><summary>${items.length} ${rules} followed</summary><ul>${items.join("")}</ul></details>`;
}

function explanation(checked: CheckedRequest): string {
  const { causes, baseString, maskedKey, signed } = checked;
  const difference = differenceOf(checked);
  const list = (title: string, texts: readonly string[]) =>
    texts.length === 0
      ? ""
      : `<h3>${title}</h3><ul>${texts.map((text) => `<li>${escaped(text)}</li>`).join("")}</ul>\n`;
  const text = (title: string, whole: string) =>
    `<h3>${title}</h3><pre class="whole" tabindex="0">${escaped(whole)}</pre>\n`;
  return [
    list(
      "Other mistakes that give the same signature on this request",
      causes.slice(1).map(({ text }) => text),
    ),
    list("Other differences", furtherDifferences(checked)),
    difference === undefined
      ? ""
      : `<h3>First difference of the base strings: right above signed</h3><pre tabindex="0">${escaped(difference.right)}\n${escaped(difference.signed)}\n${difference.caret}</pre>\n`,
    signed === undefined || signed.maskedKey === maskedKey
      ? ""
      : text("Right key", maskedKey ?? "") + text("Signed with", signed.maskedKey ?? ""),
    baseString === undefined ? "" : text("Right base string", baseString),
    difference === undefined ? "" : text("Signed base string", signed?.baseString ?? ""),
  ].join("");
}

function escaped(text: string): string {
  return printableLine(shortened(text)).replace(
    /[&<>"']/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}
