import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { VerificationEvent } from "@oauth1/verifier";
import { type Logger, pino } from "pino";
import { ConsoleError } from "./console-error.js";

/** Fields that can contain secrets. */
const SECRETS = [
  "authorization",
  "cookie",
  "sharedSecret",
  "secret",
  "password",
  "token",
  "bearer",
];

/** The values of `LOG_LEVEL`. */
const LEVELS = [...Object.keys(pino.levels.values), "silent"];

/**
 * Creates a log that writes JSON lines to standard error. The level comes from `LOG_LEVEL`. The
 * default is `info`. As a safety net, secrets are redacted.
 *
 * @throws ConsoleError `ERR_CONSOLE_LOG_LEVEL` if `LOG_LEVEL` is not a level.
 */
export function consoleLog(): Logger {
  // An empty variable counts as not set.
  const level = process.env["LOG_LEVEL"] || "info";
  if (!LEVELS.includes(level)) {
    throw new ConsoleError(
      "ERR_CONSOLE_LOG_LEVEL",
      `LOG_LEVEL must be one of ${LEVELS.join(", ")}; it is "${level}"`,
    );
  }
  return pino(
    {
      level,
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

/** Logs the problem codes of rejected requests. Returns a function that stops it. */
export function logVerifications(log: Logger): () => void {
  const rejected = (message: unknown) => {
    const { verification } = message as VerificationEvent;
    if (verification.verified) return;
    log.warn({ problem: verification.problem, status: verification.status }, "rejected");
  };
  subscribe("oauth1:verifier:rejected", rejected);
  return () => {
    unsubscribe("oauth1:verifier:rejected", rejected);
  };
}
