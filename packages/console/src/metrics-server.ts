import { Hono } from "hono";
import { endServer, listen } from "./listen.js";
import type { Metrics } from "./metrics.js";

/** The address of the metrics. */
export interface MetricsAddress {
  /** The address to listen on. The default is `127.0.0.1` (this machine only). */
  readonly host?: string | undefined;
  /** The port to listen on; 0 for any free port. */
  readonly port: number;
}

/** A server of metrics. */
export interface MetricsServer {
  /** The address that Prometheus scrapes. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves metrics at `/metrics`, on a separate address.
 *
 * @throws ConsoleError `ERR_CONSOLE_ADDRESS` if this process cannot listen on the address.
 */
export async function serveMetrics(
  metrics: Metrics,
  { host = "127.0.0.1", port }: MetricsAddress,
): Promise<MetricsServer> {
  const app = new Hono();
  app.get("/metrics", async (context) =>
    context.body(await metrics.text(), 200, {
      "Content-Type": metrics.contentType,
      "Cache-Control": "no-store",
    }),
  );
  const { origin, server } = await listen(app, host, port);
  return { url: `${origin}/metrics`, close: () => endServer(server, 0) };
}
