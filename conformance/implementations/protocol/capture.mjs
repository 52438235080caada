import http from "node:http";
import https from "node:https";
import { duplexPair } from "node:stream";
import { Unsupported } from "./protocol.mjs";

/*
 * Captures the requests of this process's HTTP clients to any host. A server in the process
 * receives them and answers `{}`. Nothing is sent over a network.
 */
let received = () => {};
const server = http.createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (text) => {
    body += text;
  });
  request.on("end", () => {
    const { method, url: target, headers } = request;
    received({ method, target, headers, body });
    response.setHeader("Content-Type", "application/json");
    response.end("{}");
  });
});
server.on("clientError", (_error, socket) => {
  // The request before the unreadable data has been received, and is about to end.
  setTimeout(() => {
    received(undefined);
    socket.destroy();
  }, 20);
});

const connect = () => {
  const [near, far] = duplexPair();
  server.emit("connection", far);
  // The methods of a network socket that clients call.
  const chained = () => near;
  return Object.assign(near, { setTimeout: chained, setNoDelay: chained, setKeepAlive: chained });
};
http.globalAgent = Object.assign(new http.Agent(), { createConnection: connect });
https.globalAgent = Object.assign(new https.Agent(), { createConnection: connect });

/** The URL of a captured request, which a client can spell differently than requested. */
export function sentUrl({ target, headers }, asked) {
  if (!target.startsWith("/")) return target;
  return `${/^[^:]+/.exec(asked)[0]}://${headers.host}${target}`;
}

/** Returns the request that is sent during a function, as the server receives it. */
export async function captured(send) {
  const caught = new Promise((resolve) => {
    received = resolve;
  });
  const failed = new Promise((_resolve, reject) => {
    // A client that has sent its request can fail at the answer, which does not matter any more.
    Promise.resolve()
      .then(send)
      .catch((error) => setImmediate(reject, error));
  });
  const request = await Promise.race([caught, failed]);
  if (request === undefined) throw new Unsupported("node:http does not carry this request");
  return request;
}
