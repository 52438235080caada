import type { ApiKey, KeyCall } from "@oauth1/api-keys";

/**
 * Returns the address of the inspector with the known parts of a call: the method, the path,
 * the names of the query and the identifiers. The user adds the parts that are not stored. The
 * fragment does not reach the server.
 */
export function inspectorAddress(call: KeyCall, { client, token }: ApiKey): string {
  const query = call.queryNames.map((name) => `${encodeURIComponent(name)}=…`).join("&");
  const text = [
    `${call.method} ${call.path}${query === "" ? "" : `?${query}`} HTTP/1.1`,
    `Host: ${location.host}`,
    "Authorization: OAuth",
    `  oauth_consumer_key="${client.identifier}",`,
    `  oauth_token="${token.identifier}",`,
    '  oauth_signature_method="…",',
    '  oauth_timestamp="…",',
    '  oauth_nonce="…",',
    '  oauth_signature="…"',
    "",
  ].join("\n");
  return `/inspector#request=${encodeURIComponent(text)}`;
}
