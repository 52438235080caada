// Serves the API in its own process, and ends on request, as the console does.
import { once } from "node:events";
import { createServer } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { createApiKeysServer, openInstallation } from "../dist/index.js";

const installation = await openInstallation(JSON.parse(process.argv[2]));
const { fetch } = createApiKeysServer(installation);
const server = createAdaptorServer({ fetch, createServer });
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.send({ origin: `http://127.0.0.1:${server.address().port}` });
await once(process, "message");
server.close();
server.closeAllConnections();
await installation.close();
process.disconnect();
