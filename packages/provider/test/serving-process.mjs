// Serves a provider and an API over HTTP until it is killed, and prints its port. It waits for a line
// of input before it opens the database, so that it is ready when its predecessor is killed.
import { once } from "node:events";
import { createServer } from "node:http";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createVerifier } from "@oauth1/verifier";
import { nodeVerifier } from "@oauth1/verifier/node";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { createProvider } from "../dist/index.js";
import { nodeProvider } from "../dist/node.js";
import { openSqlStore } from "../dist/stores/sql.js";

const [client, dataFolder, databaseUrl] = process.argv.slice(2);
const only = JSON.parse(client);
// The end of its input is the end of the test.
process.stdin.on("end", () => process.exit());
await once(process.stdin, "data");
const store = await openSqlStore({ dataFolder, databaseUrl });
const shared = {
  nonces: postgresNonceStore(store.client, { timeout: 60_000 }),
  signatureMethods: [hmacSha1],
};

/** The name of the resource owner is the session. */
const ownerOf = (cookie) => /owner=([\w-]+)/.exec(cookie ?? "")?.[1];

const provider = createProvider({
  ...shared,
  store,
  clients: { find: (identifier) => (identifier === only.identifier ? only : undefined) },
  resourceOwner(request) {
    const owner = ownerOf(request.headers.get("Cookie")) ?? "";
    return { identifier: owner, session: `session of ${owner}` };
  },
  problemReporting: "full",
  allowInsecureTransport: true,
});
const photos = nodeVerifier(
  createVerifier({ ...shared, credentials: provider.credentials, token: "required" }),
  (_request, response, { caller }) => response.end(caller.resourceOwner),
);
const server = createServer(
  nodeProvider(provider, async (request, response) => {
    if (request.url !== "/tokens") return photos(request, response);
    const tokens = await provider.listTokens(ownerOf(request.headers.cookie));
    response.end(JSON.stringify(tokens.map(({ identifier }) => identifier)));
  }),
);
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
