import { createHash } from "node:crypto";
import type { CheckedRequest, TestCredentials } from "./check-request.js";

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
article { border-top: 1px solid #8886; padding: 0.75rem 0; }
h2 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
.right { color: light-dark(#17633f, #7fd0a5); } .wrong { color: light-dark(#a3261f, #ff9d94); }
dt { color: light-dark(#59636f, #9aa5b3); } dd { margin: 0 0 0.3rem 1rem; }
`;

/** The policy of the page: its own style, and nothing else. */
export const PAGE_POLICY: string = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;

/** The page of the last requests, the newest first. It needs no script. */
export function checksPage(
  checks: readonly CheckedRequest[],
  { client, token }: TestCredentials,
  origin: string,
): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Signed requests, checked</title>
<style>${STYLE}</style>
<main>
<h1>Signed requests, checked</h1>
<p>Send any request to <code>${escaped(origin)}</code>, signed with these test credentials. Each is
checked by RFC 5849, and stands here; <a href="/">load this page again</a> to see it.</p>
<dl>
<dt>Client credentials</dt><dd><code>${escaped(client.identifier)}</code>, shared-secret <code>${escaped(client.sharedSecret)}</code></dd>
<dt>Token credentials</dt><dd><code>${escaped(token.identifier)}</code>, shared-secret <code>${escaped(token.sharedSecret)}</code></dd>
</dl>
${checks.length === 0 ? "<p>Nothing was sent yet.</p>" : checks.map(article).join("\n")}
</main>
</html>
`;
}

function article({ method, url, right, findings, baseStrings }: CheckedRequest): string {
  const rules = findings
    .filter(({ holds }) => !holds)
    .map(
      ({ rule, section, sentence, text }) =>
        `<dt>${escaped(rule)}, ${escaped(section)}</dt><dd>${escaped(text)} ${escaped(sentence)}</dd>`,
    );
  const strings =
    right || baseStrings === undefined
      ? ""
      : `<dt>right base string</dt><dd><code>${escaped(baseStrings.expected)}</code></dd>${
          baseStrings.received === undefined
            ? ""
            : `<dt>the signature is that of</dt><dd><code>${escaped(baseStrings.received)}</code></dd>`
        }`;
  return `<article><h2 class="${right ? "right" : "wrong"}">${right ? "Right" : "Wrong"}: ${escaped(method)} ${escaped(url)}</h2><dl>${rules.join("")}${strings}</dl></article>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
