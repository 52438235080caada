import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { VerificationEvent } from "@oauth1/verifier";
import { type Logger, pino } from "pino";
import { ConsoleError } from "./console-error.js";

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

/** The values of `LOG_LEVEL`. */
const LEVELS = [...Object.keys(pino.levels.values), "silent"];

/**
 * Writes JSON lines to standard error. The level comes from `LOG_LEVEL`; the default is `info`.
 * Secrets are replaced, should one ever get into what is logged.
 *
 * @throws ConsoleError `ERR_CONSOLE_LOG_LEVEL` where `LOG_LEVEL` is not a level.
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

/** Logs what the verifier rejects, by its problem code. Returns a function that stops it. */
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
