import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { NonceStore, VerificationEvent } from "@oauth1/verifier";
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** The metrics of a console. No label contains a path, an identifier of a key or an address. */
export interface Metrics {
  /** The type of the text, for the `Content-Type` header. */
  readonly contentType: string;
  /** Returns all metrics in Prometheus' text format. */
  text(): Promise<string>;
  /** Counts and times each request. */
  readonly countRequests: MiddlewareHandler;
  /** Returns a nonce store that also counts its errors. */
  countNonceErrors(store: NonceStore): NonceStore;
  /** Stops counting verifications. */
  close(): void;
}

/**
 * Counts requests by route and status, verifications by problem, and errors of the nonce store, and
 * times requests and verifications. It also observes the process itself: memory, event loop, garbage
 * collection.
 *
 * @param publicPath - The path to omit from routes, or `""`.
 */
export function collectMetrics(publicPath: string): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const requests = new Counter({
    name: "oauth1_http_requests_total",
    help: "HTTP requests by method, route and status",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const requestSeconds = new Histogram({
    name: "oauth1_http_request_duration_seconds",
    help: "Duration of HTTP requests until the response begins",
    labelNames: ["method", "route"],
    registers,
  });
  const verifications = new Counter({
    name: "oauth1_verifications_total",
    help: 'Verified requests (problem "none"), and rejected requests by problem code',
    labelNames: ["problem"],
    registers,
  });
  const verificationSeconds = new Histogram({
    name: "oauth1_verification_duration_seconds",
    help: "Duration of verifications, including the stores of credentials and nonces",
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const nonceErrors = new Counter({
    name: "oauth1_nonce_store_errors_total",
    help: "Calls of the nonce store that failed; the verifier answers 503",
    registers,
  });

  const onVerification = (message: unknown) => {
    const { verification, milliseconds } = message as VerificationEvent;
    verifications.inc({ problem: verification.verified ? "none" : verification.problem });
    verificationSeconds.observe(milliseconds / 1000);
  };
  for (const channel of CHANNELS) subscribe(channel, onVerification);

  return {
    contentType: register.contentType,
    text: () => register.metrics(),
    async countRequests(context, next) {
      const start = performance.now();
      await next();
      const { method } = context.req;
      // The pattern of the handler that answered: paths would be without limit.
      const pattern = routePath(context);
      const isBelow = pattern.startsWith(publicPath);
      const route = (isBelow ? pattern.slice(publicPath.length) : pattern) || "/";
      requests.inc({ method, route, status: context.res.status });
      requestSeconds.observe({ method, route }, (performance.now() - start) / 1000);
    },
    countNonceErrors: (store) => ({
      async spend(nonce) {
        try {
          return await store.spend(nonce);
        } catch (error) {
          nonceErrors.inc();
          throw error;
        }
      },
    }),
    close() {
      for (const channel of CHANNELS) unsubscribe(channel, onVerification);
      register.clear();
    },
  };
}

const CHANNELS = ["oauth1:verifier:verified", "oauth1:verifier:rejected"];
