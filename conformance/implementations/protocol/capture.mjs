import http from "node:http";
import https from "node:https";
import { duplexPair } from "node:stream";
import { Unsupported } from "./protocol.mjs";

/**
 * What HTTP clients of this process send, whatever the host: a server in the process receives it
 * and answers `{}`. Nothing goes over a network.
 */
let received = () => {};
const server = http.createServer(async (request, response) => {
  const chunks = await request.toArray();
  received({
    method: request.method,
    target: request.url,
    headers: request.headers,
    body: Buffer.concat(chunks).toString("utf8"),
  });
  response.setHeader("Content-Type", "application/json");
  response.end("{}");
});
server.on("clientError", (_error, socket) => {
  received(undefined);
  socket.destroy();
});

const connect = () => {
  const [near, far] = duplexPair();
  server.emit("connection", far);
  return near;
};
http.globalAgent = Object.assign(new http.Agent(), { createConnection: connect });
https.globalAgent = Object.assign(new https.Agent(), { createConnection: connect });

/** The request that is sent meanwhile, as the server receives it. */
export async function captured(send) {
  let caught;
  received = (request) => {
    caught = request;
  };
  try {
    await send();
  } catch (error) {
    if (caught === undefined) throw error;
  }
  if (caught === undefined) throw new Unsupported("node:http does not carry this request");
  return caught;
}
