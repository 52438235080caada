import { readdirSync, readFileSync } from "node:fs";
import type { DefaultTheme } from "vitepress";
import { readmes } from "./links.ts";

type Items = DefaultTheme.SidebarItem[];

/** The pages of the site, in the order in which a reader meets them. */
export function sidebar(api: Items): Items {
  return [
    group("Start", [
      page("What it is", "/"),
      page("Call an API", "/guides/call-an-api"),
      page("Protect an API", "/guides/protect-an-api"),
      page("Manage keys: run the console", "/run-the-console"),
      page("Verify your signer", "/verify-your-signer"),
      page("Take one primitive", "/guides/take-one-primitive"),
      page("How a signature is made", "/how-a-signature-is-made"),
    ]),
    group("Tools", [
      tool("Playground", "/tools/playground"),
      tool("Why is my signature invalid?", "/tools/inspector"),
      tool("Conformance of libraries", "/tools/conformance"),
    ]),
    group("Guides", [
      page("HTTP clients", "/guides/http-clients"),
      page("Frameworks", "/guides/frameworks"),
      page("Token credentials", "/authorization"),
      page("Offer OAuth 1.0 to third parties", "/guides/offer-oauth-1"),
      page("Verify an LTI 1.1 launch", "/guides/lti"),
      page("Behind proxies and serverless", "/guides/proxies-and-serverless"),
      page("Many processes", "/guides/many-processes"),
      page("Leaving OAuth 1.0", "/guides/leaving-oauth-1"),
    ]),
    group("Verify", [
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
    { text: "Recipes", collapsed: true, items: [page("All services", "/recipes/"), ...recipes()] },
    { text: "Migration", collapsed: true, items: migrations() },
    group("Help", [
      page("Troubleshooting", "/troubleshooting"),
      page("Errors", "/errors"),
      page("Security", "/security"),
    ]),
    group("Reference", [
      page("Command line", "/reference/cli"),
      page("Conformance protocol", "/reference/protocol"),
      page("Schemas", "/reference/schemas"),
      page("Terms", "/reference/terms"),
      { text: "Packages", collapsed: true, items: packages() },
      { text: "API", collapsed: true, items: api },
    ]),
    {
      text: "Numbers",
      collapsed: true,
      items: [
        page("All numbers", "/numbers"),
        page("How we test", "/how-we-test"),
        page("Conformance of libraries", "/conformance"),
        tool("Conformance, each failure", "/tools/conformance"),
        page("Interoperability", "/pairwise"),
        page("Coverage of RFC 5849", "/coverage"),
        page("Mutation testing of the suite", "/mutants"),
        page("Mutation testing of the packages", "/mutation-testing"),
        page("Performance", "/performance"),
        page("Performance by runtime", "/performance-runtimes"),
        page("Load", "/load"),
        page("Load of the provider", "/provider-load"),
        page("Nonces in memory", "/nonces"),
        page("Timing", "/timing"),
        page("Soak test", "/soak"),
        page("Fuzzing", "/fuzzing"),
        page("Complexity", "/complexity"),
        page("Runtimes", "/runtimes"),
        page("Installation", "/installation"),
      ],
    },
    group("Project", [page("Decisions", "/decisions"), page("Contributing", "/contributing/")]),
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

/** A page that VitePress does not show itself. */
function tool(text: string, link: string): Items[number] {
  return { text, link, target: "_self" };
}

function group(text: string, items: Items): Items[number] {
  return { text, items, collapsed: false };
}
