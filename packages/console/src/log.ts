import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { VerificationEvent } from "@oauth1/verifier";
import { type Logger, pino } from "pino";

/** Fields that hold secrets, wherever they come from. */
const SECRETS = [
  "authorization",
  "cookie",
  "sharedSecret",
  "secret",
  "password",
  "token",
  "bearer",
];

/**
 * JSON lines on standard error. The level comes from `LOG_LEVEL`: `info` where it is not set.
 * Secrets are replaced, should one ever get into what is logged.
 */
export function consoleLog(): Logger {
  return pino(
    {
      level: process.env["LOG_LEVEL"] ?? "info",
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: "[redacted]",
      },
    },
    pino.destination(2),
  );
}

/** Logs what the verifier refuses, by its problem code. Gives back what ends it. */
export function logVerifications(log: Logger): () => void {
  const refused = (message: unknown) => {
    const { verification } = message as VerificationEvent;
    if (verification.verified) return;
    log.warn({ problem: verification.problem, status: verification.status }, "refused");
  };
  subscribe("oauth1:verifier:refused", refused);
  return () => {
    unsubscribe("oauth1:verifier:refused", refused);
  };
}
