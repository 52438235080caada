// A process with one provider and one API for each of several databases, each on a port of its own,
// so that the same compiled code serves all of them. Prints the ports.
import { once } from "node:events";
import { createServer } from "node:http";
import { createProvider } from "@oauth1/provider";
import { nodeProvider } from "@oauth1/provider/node";
import { openSqlStore } from "@oauth1/provider/sql";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createVerifier } from "@oauth1/verifier";
import { nodeVerifier } from "@oauth1/verifier/node";
import { postgresNonceStore } from "@oauth1/verifier/nonces/postgres";

/** @type {{ dataFolder: string, databaseUrls: string[], client: import("@oauth1/provider").ProviderClient }} */
const { dataFolder, databaseUrls, client } = JSON.parse(process.argv[2] ?? "");
// The end of its input is the end of the benchmark.
process.stdin.on("end", () => process.exit()).resume();
console.log(JSON.stringify(await Promise.all(databaseUrls.map(serve))));

/** @param {string} databaseUrl */
async function serve(databaseUrl) {
  const store = await openSqlStore({ dataFolder, databaseUrl });
  const shared = { nonces: postgresNonceStore(store.client), signatureMethods: [hmacSha1] };
  const provider = createProvider({
    ...shared,
    store,
    clients: { find: (identifier) => (identifier === client.identifier ? client : undefined) },
    resourceOwner(request) {
      const identifier = ownerOf(request.headers.get("Cookie"));
      return { identifier, session: `the session of ${identifier}` };
    },
    allowInsecureTransport: true,
  });
  const photos = nodeVerifier(
    createVerifier({ ...shared, credentials: provider.credentials, token: "required" }),
    (_request, response, { caller }) => response.end(caller?.resourceOwner),
  );
  const server = createServer(
    nodeProvider(provider, async (request, response) => {
      const owner = ownerOf(request.headers.cookie);
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
      if (pathname === "/tokens") {
        response.end(JSON.stringify(await provider.listTokens(owner)));
      } else if (pathname === "/revoke") {
        const isRevoked = await provider.revokeToken(owner, searchParams.get("token") ?? "");
        response.end(String(isRevoked));
      } else {
        await photos(request, response);
      }
    }),
  );
  server.keepAliveTimeout = 0; // On a busy machine, a connection can be idle for long.
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
}

/** @param {string | null | undefined} cookie */
function ownerOf(cookie) {
  return /owner=(\w+)/.exec(cookie ?? "")?.[1] ?? "";
}
