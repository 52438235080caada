// HTTP connections to one server that stay open, for a client that sends thousands of requests a
// second. `fetch` would need most of a core.
import { connect } from "node:net";

/** @typedef {{ status: number, head: string, body: string }} Answer */

/**
 * @typedef {object} Pending
 * @property {(answer: Answer) => void} resolve
 * @property {(error: Error) => void} reject
 */

/**
 * @param {number} port
 * @param {number} count
 */
export async function openConnections(port, count) {
  /** @type {Array<(text: string) => Promise<Answer>>} */
  const idle = [];
  /** @type {Array<(send: (text: string) => Promise<Answer>) => void>} */
  const waiting = [];
  const sockets = await Promise.all(Array.from({ length: count }, () => openSocket(port)));
  for (const { send } of sockets) idle.push(send);

  return {
    /**
     * Sends a request as soon as a connection is free.
     *
     * @param {() => string} request returns its text, when it is sent
     */
    async send(request) {
      const send =
        // The connection that has been idle longest, because the server closes a connection
        // after five idle seconds.
        idle.shift() ??
        (await new Promise(
          (/** @type {(send: (text: string) => Promise<Answer>) => void} */ resolve) => {
            waiting.push(resolve);
          },
        ));
      try {
        return await send(request());
      } finally {
        const next = waiting.shift();
        if (next) next(send);
        else idle.push(send);
      }
    },
    close() {
      for (const { socket } of sockets) socket.destroy();
    },
  };
}

/** @param {number} port */
async function openSocket(port) {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  socket.setEncoding("latin1");
  await new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  /** @type {Pending | undefined} */
  let pending;
  let received = "";
  socket.on("data", (/** @type {string} */ piece) => {
    received += piece;
    const head = received.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(received.slice(0, head))?.[1]);
    if (Number.isNaN(length)) {
      pending?.reject(new Error(`a response must have Content-Length: ${received.slice(0, head)}`));
    } else if (received.length >= head + 4 + length) {
      const status = Number(received.slice(9, 12));
      const answer = { status, head: received.slice(0, head), body: received.slice(head + 4) };
      received = "";
      pending?.resolve(answer);
    }
  });
  socket.on("error", (error) => pending?.reject(error));
  socket.on("close", () => pending?.reject(new Error("the server closed the connection")));
  return {
    socket,
    /** @param {string} text */
    send(text) {
      /** @type {Promise<Answer>} */
      const answer = new Promise((resolve, reject) => {
        pending = { resolve, reject };
        if (socket.destroyed) reject(new Error("the server closed the connection"));
      });
      socket.write(text, "latin1");
      return answer;
    },
  };
}
