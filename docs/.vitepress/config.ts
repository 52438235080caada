import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { defineConfig } from "vitepress";
import { withoutNestedButtons } from "./foldable.ts";
import { siteLink } from "./links.ts";
import { sidebar } from "./sidebar.ts";
import { SOURCE } from "./source.ts";
import { isTool, writeTools } from "./tools.ts";

/** Tables of results whose thousands of words would hide the explaining pages in the search. */
const NOT_SEARCHED = ["api-surface.md", "coverage.md", "mutants.md", "pairwise.md"];

/** A page with a wider table has no outline at its side, which would leave too little room. */
const MOST_COLUMNS_BESIDE_OUTLINE = 4;

/** Such as /oauth1/ if the site is not at the root of its host. */
const BASE = (process.env["DOCS_BASE"] ?? "/") as `/${string}/`;

const apiSidebar = new URL("../api/typedoc-sidebar.json", import.meta.url);

export default defineConfig({
  title: "@oauth1",
  description: "OAuth 1.0 (RFC 5849): sign, verify, test, and manage API keys",
  lang: "en",
  base: BASE,
  cleanUrls: true,
  head: [["link", { rel: "icon", href: `${BASE}icon.svg` }]],
  lastUpdated: false,
  rewrites: { "recipes/README.md": "recipes/index.md" },
  srcExclude: ["node_modules", "tools"],
  markdown: {
    // Some pages contain texts of other programs. They are text, never HTML.
    html: false,
    // Addresses in those texts are not links either.
    linkify: false,
    // The default themes have too little contrast on the background of code.
    theme: { light: "github-light-high-contrast", dark: "github-dark" },
    // shiki does not include their grammars.
    languageAlias: { caddyfile: "nginx", haproxy: "ini" },
    config: (markdown) => {
      // Before the rule of VitePress, which looks for the page of each link.
      markdown.core.ruler.push("site links", ({ tokens, env }) => {
        if (!env.path) return;
        if (NOT_SEARCHED.includes(env.relativePath))
          env.frontmatter = { ...env.frontmatter, search: false };
        if (columns(tokens) > MOST_COLUMNS_BESIDE_OUTLINE)
          env.frontmatter = { ...env.frontmatter, aside: false };
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const link = token.type === "link_open" ? token.attrGet("href") : null;
          if (link === null) continue;
          const address = siteLink(link, env.path, { source: SOURCE });
          token.attrSet("href", isTool(address) ? BASE + address.slice(1) : address);
          // VitePress does not follow a link with a target itself.
          if (isTool(address)) token.attrSet("target", "_self");
        }
      });
    },
  },
  themeConfig: {
    nav: [
      { text: "Recipes", link: "/recipes/" },
      { text: "Verify your signer", link: "/verify-your-signer" },
      { text: "Numbers", link: "/numbers" },
      { text: "Errors", link: "/errors" },
      {
        text: "Tools",
        items: [
          { text: "Playground", link: "/tools/playground", target: "_self" },
          { text: "Inspector", link: "/tools/inspector", target: "_self" },
          { text: "Conformance", link: "/tools/conformance", target: "_self" },
        ],
      },
    ],
    sidebar: withoutNestedButtons(
      sidebar(existsSync(apiSidebar) ? JSON.parse(readFileSync(apiSidebar, "utf8")) : []),
    ),
    outline: [2, 3],
    search: { provider: "local" },
    editLink: { pattern: `${SOURCE}/edit/main/:path`, text: "Edit this page" },
    socialLinks: [{ icon: "github", link: SOURCE }],
  },
  transformPageData: (page) => {
    if (page.filePath.startsWith("api/")) {
      // The texts come from comments. The page of a package has the same heading.
      return { title: `${page.title}, API`, frontmatter: { ...page.frontmatter, editLink: false } };
    }
    return { filePath: page.params?.["file"] ?? `docs/${page.filePath}` };
  },
  // The table of libraries with the details of each cell, which is a separate page.
  buildEnd: async ({ outDir }) => {
    cpSync(new URL("../conformance", import.meta.url), `${outDir}/report`, { recursive: true });
    await writeTools(outDir);
  },
  transformHtml: (html) => withPolicy(html),
});

/** The number of columns of the widest table. */
function columns(tokens: readonly { readonly type: string }[]): number {
  let [widest, cells] = [0, 0];
  for (const { type } of tokens) {
    if (type === "tr_open") cells = 0;
    if (type === "th_open") widest = Math.max(widest, ++cells);
  }
  return widest;
}

/**
 * Adds the Content Security Policy: the page's own scripts, and those inline by their hashes.
 * The pages load no resource from another host. The colours of code are style attributes.
 */
function withPolicy(html: string): string {
  const hashes = Array.from(
    html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>(.*?)<\/script>/gs),
    ([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${[...new Set(hashes)].join(" ")}`,
    // VitePress turns transitions off while the theme changes.
    "style-src 'self' 'sha256-skqujXORqzxt1aE0NNXxujEanPTX6raoqSscTV/Ww/Y='",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html.replace(
    "<head>",
    `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
}
