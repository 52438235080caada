import { rejectInput } from "../validate.js";

/** Returns the end of a key as a date. Throws `ERR_INPUT` if it is not in the future. */
export function futureDate(expiresAt: string | null, now: Date): Date | null {
  if (expiresAt === null) return null;
  const date = new Date(expiresAt);
  if (date > now) return date;
  throw rejectInput([{ path: "/expiresAt", message: "must be in the future" }]);
}

/** Returns true if a key has reached its end. */
export function isExpired(key: { readonly expiresAt: Date | null }, now: Date): boolean {
  return key.expiresAt !== null && key.expiresAt <= now;
}
