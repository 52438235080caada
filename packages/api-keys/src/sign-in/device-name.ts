import bowser from "bowser";

/**
 * Returns the browser and the system of a `User-Agent` header in a short form, such as
 * `Firefox on Linux`. Returns null if neither is known. The header is the client's own claim: it
 * helps a user to recognize a session, and proves nothing.
 */
export function deviceName(userAgent: string | undefined): string | null {
  if (!userAgent) return null;
  const parser = bowser.getParser(userAgent.slice(0, LONGEST));
  const known = [parser.getBrowserName(), parser.getOSName()].filter(Boolean);
  return known.length === 0 ? null : known.join(" on ").slice(0, 100);
}

/** Browsers send about 120 characters. */
const LONGEST = 500;
