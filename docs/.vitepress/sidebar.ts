import { readdirSync, readFileSync } from "node:fs";
import type { DefaultTheme } from "vitepress";
import { readmes } from "./links.ts";

type Items = DefaultTheme.SidebarItem[];

/** The pages of the site, in the order in which a reader meets them. */
export function sidebar(api: Items): Items {
  return [
    group("Start", [
      page("What it is", "/"),
      page("How a signature is made", "/how-a-signature-is-made"),
      page("Troubleshooting", "/troubleshooting"),
      page("Security", "/security"),
    ]),
    group("Guides", [
      page("The three steps of authorization", "/authorization"),
      page("Run the console", "/run-the-console"),
      page("Leaving OAuth 1.0", "/guides/leaving-oauth-1"),
      { text: "Recipes", link: "/recipes/", collapsed: true, items: recipes() },
      { text: "Coming from another library", collapsed: true, items: migrations() },
    ]),
    group("Verify your signer", [
      page("Verify your signer", "/verify-your-signer"),
      {
        text: "The vectors from your language",
        collapsed: true,
        items: [
          page("Python", "/vectors-from-your-language/python"),
          page("Ruby", "/vectors-from-your-language/ruby"),
          page("Go", "/vectors-from-your-language/go"),
          page("Java", "/vectors-from-your-language/java"),
          page("PHP", "/vectors-from-your-language/php"),
          page("C#", "/vectors-from-your-language/csharp"),
          page("Rust", "/vectors-from-your-language/rust"),
          page("Perl", "/vectors-from-your-language/perl"),
          page("Node's test runner", "/vectors-from-your-language/node"),
        ],
      },
      page("The suite", "/suite/"),
      page("Vectors", "/suite/vectors"),
      page("Index of vectors", "/vectors"),
      page("Properties", "/suite/properties"),
      page("The command", "/suite/runner"),
    ]),
    group("Numbers", [
      page("Conformance of libraries", "/conformance"),
      { text: "Conformance, each failure", link: "/report/index.html", target: "_self" },
      page("Interoperability", "/pairwise"),
      page("Coverage of RFC 5849", "/coverage"),
      page("Mutation testing of the suite", "/mutants"),
      page("Speed", "/performance"),
      page("Speed by runtime", "/performance-runtimes"),
      page("Load", "/load"),
      page("Nonce stores", "/nonces"),
      page("Timing", "/timing"),
      page("Runtimes", "/runtimes"),
      page("Installation", "/installation"),
    ]),
    group("Reference", [
      page("Errors", "/errors"),
      { text: "Packages", collapsed: true, items: packages() },
      { text: "API", collapsed: true, items: api },
    ]),
  ];
}

/** The services in the order of the table: the account's API keys first. */
function recipes(): Items {
  const table = readFileSync(new URL("../recipes/README.md", import.meta.url), "utf8");
  return Array.from(table.matchAll(/^\| \[([^\]]+)\]\(([\w-]+)\.md\)/gm), ([, name = "", file]) =>
    page(name.replaceAll("\\", ""), `/recipes/${file}`),
  );
}

function migrations(): Items {
  return readdirSync(new URL("../migration/", import.meta.url))
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.slice(0, -".md".length))
    .map((name) => page(name.replace("from-", ""), `/migration/${name}`));
}

function packages(): Items {
  return [...readmes().keys()]
    .filter((link) => link.startsWith("/packages/"))
    .map((link) => page(link.replace("/packages/", "@oauth1/"), link));
}

function page(text: string, link: string): Items[number] {
  return { text, link };
}

function group(text: string, items: Items): Items[number] {
  return { text, items, collapsed: false };
}
