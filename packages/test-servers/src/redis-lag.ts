import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { freePort } from "./free-port.js";

/** A proxy before a Redis server, through which its replicas lag and clients do not. */
export interface LaggingProxy {
  readonly url: string;
  /** Sets the server. */
  leadTo(url: string): void;
  /** Ends all connections, drops what is on its way, and accepts no new ones. */
  cut(): Promise<void>;
}

/**
 * Starts a proxy. The kernel delivers what a killed server has written, so that killing a server on
 * the same machine loses nothing. A proxy that is cut loses it, as the network of a failed machine
 * does.
 */
export async function startLaggingProxy(lag: number): Promise<LaggingProxy> {
  let port = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    let isReplica = false;
    near.on("data", (piece: Buffer) => {
      // A replica introduces itself before it is sent any data.
      isReplica ||= piece.includes("REPLCONF") || piece.includes("PSYNC");
      far.write(piece);
    });
    far.on("data", (piece: Buffer) => {
      if (!isReplica || lag === 0) near.write(piece);
      else setTimeout(() => near.destroyed || near.write(piece), lag);
    });
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      one.setNoDelay();
      sockets.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const own = await freePort();
  server.listen(own, "127.0.0.1");
  await once(server, "listening");
  const cut = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    for (const one of sockets) one.destroy();
    await closed;
  };
  return {
    url: `redis://127.0.0.1:${own}`,
    leadTo(url) {
      port = Number(new URL(url).port);
    },
    cut,
  };
}
