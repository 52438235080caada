import { InvalidArgumentError } from "commander";

/** Reads the seconds of an option. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^[1-9]\d*$/.test(text) || !Number.isSafeInteger(seconds)) {
    throw new InvalidArgumentError("It must be a positive whole number of seconds.");
  }
  return seconds;
}
