import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { freePort } from "./free-port.js";

/** A proxy before a server, through which its replicas lag. */
export interface LaggingProxy {
  readonly port: number;
  /** Sets the server. */
  leadTo(url: string): void;
  /** Ends all connections and drops the data in transit. */
  drop(): void;
  /** Does the same, and accepts no new connections. */
  cut(): Promise<void>;
}

/**
 * Starts a proxy. The kernel delivers what a killed server has written, so killing a server on
 * the same machine loses no data. A proxy that is cut loses the data in transit, like the
 * network of a failed machine.
 *
 * @param isReplica - Returns true if the data of a connection show that a replica opened it.
 */
export async function startLaggingProxy(
  lag: number,
  isReplica: (sent: Buffer) => boolean,
): Promise<LaggingProxy> {
  let port = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    let lags = false;
    near.on("data", (piece: Buffer) => {
      lags ||= isReplica(piece);
      far.write(piece);
    });
    far.on("data", (piece: Buffer) => {
      if (!lags || lag === 0) near.write(piece);
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
  const drop = () => {
    for (const one of sockets) one.destroy();
  };
  const cut = async () => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    drop();
    await closed;
  };
  return {
    port: own,
    leadTo(url) {
      port = Number(new URL(url).port);
    },
    drop,
    cut,
  };
}
