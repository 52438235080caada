import { InvalidArgumentError } from "commander";
import { MOST_MILLISECONDS } from "../check-options.js";

/** Parses a whole number, such as a seed. */
export function parseInteger(text: string): number {
  const number = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new InvalidArgumentError("Not a whole number.");
  }
  return number;
}

/** Parses a whole number of at least 1. */
export function parseCount(text: string): number {
  const count = parseInteger(text);
  if (count < 1) throw new InvalidArgumentError("Not a positive number.");
  return count;
}

/** Parses a number of milliseconds that a timer can wait. */
export function parseMilliseconds(text: string): number {
  const milliseconds = parseCount(text);
  if (milliseconds <= MOST_MILLISECONDS) return milliseconds;
  throw new InvalidArgumentError(`More than ${MOST_MILLISECONDS}, the longest that a timer waits.`);
}

/** Parses a port to listen on; 0 is any free port. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("Not a port.");
  return port;
}
