// A page of the docs as a page of the console, which embeds it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import markdownIt from "markdown-it";

const style = readFileSync(new URL("document-page.css", import.meta.url), "utf8");
const REPOSITORY = "https://github.com/oauth1/oauth1/blob/main/docs/";

/**
 * Returns a Markdown text as a self-contained page, with a policy that allows no other
 * resources.
 */
export function documentPage(text) {
  const [, title = ""] = /^# (.*)$/m.exec(text) ?? [];
  const markdown = markdownIt();
  const normalizeLink = markdown.normalizeLink.bind(markdown);
  markdown.normalizeLink = (link) => normalizeLink(new URL(link, REPOSITORY).href);
  const hash = createHash("sha256").update(style).digest("base64");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<title>${markdown.utils.escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${markdown
  .render(text)
  .replaceAll(
    "<table>",
    '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>',
  )
  // The policy allows no style in an attribute.
  .replaceAll(/ style="text-align:(\w+)"/g, ' class="$1"')
  .replaceAll("</table>", "</table></div>")}
</main>
</body>
</html>
`;
}
