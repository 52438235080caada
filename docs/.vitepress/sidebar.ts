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
      page("Recipes", "/recipes/"),
      page("Run the console", "/run-the-console"),
      page("Coming from oauth-1.0a", "/migration/from-oauth-1.0a"),
      page("Coming from oauth", "/migration/from-oauth"),
      page("Coming from request", "/migration/from-request"),
    ]),
    group("Verify your signer", [
      page("The suite", "/suite/"),
      page("Vectors", "/suite/vectors"),
      page("Index of vectors", "/vectors"),
      page("Properties", "/suite/properties"),
      page("The command", "/suite/runner"),
    ]),
    group("Numbers", [
      page("Conformance of libraries", "/conformance"),
      page("Interoperability", "/pairwise"),
      page("Coverage of RFC 5849", "/coverage"),
      page("Mutation testing of the suite", "/mutants"),
      page("Speed", "/performance"),
      page("Speed by runtime", "/performance-runtimes"),
      page("Load", "/load"),
      page("Nonce stores", "/nonces"),
      page("Timing", "/timing"),
      page("Runtimes", "/runtimes"),
    ]),
    group("Reference", [
      page("Errors", "/errors"),
      { text: "Packages", collapsed: true, items: packages() },
      { text: "API", collapsed: true, items: api },
    ]),
  ];
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
