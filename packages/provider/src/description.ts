import { type Endpoint, methodResponse, type Setup } from "./endpoint.js";
import { escapeHtml, page } from "./pages/page.js";

/** The page that tells developers the addresses of the endpoints, and what they accept. */
export function descriptionEndpoint(setup: Setup): Endpoint {
  const { paths, publicPath = "", signatureMethods, realm } = setup;
  return async (request) => {
    const wrongMethod = methodResponse(request, ["GET"]);
    if (wrongMethod) return wrongMethod;
    const origin = setup.publicOrigin ?? new URL(request.url).origin;
    const address = (path: string) => `${origin.replace(/\/$/, "")}${publicPath}${path}`;
    const facts: [string, string][] = [
      ["Temporary credentials (RFC 5849 §2.1), POST or GET", address(paths.temporaryCredentials)],
      ["Authorization by the resource owner (§2.2), in a browser", address(paths.authorization)],
      ["Token credentials (§2.3), POST or GET", address(paths.token)],
      ["Signature methods", signatureMethods.map(({ name }) => name).join(", ")],
      ["oauth_callback", "one of the registered URLs, character by character, or oob"],
      ["After a denial", "oauth_problem=permission_denied and oauth_token at the callback"],
      ...(realm === undefined ? [] : [["Realm", realm] as [string, string]]),
    ];
    const rows = facts.map(
      ([name, value]) => `<dt>${escapeHtml(name)}</dt><dd><code>${escapeHtml(value)}</code></dd>`,
    );
    return page("OAuth 1.0", `<dl>${rows.join("\n")}</dl>`);
  };
}
