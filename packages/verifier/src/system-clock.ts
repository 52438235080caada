/** Returns the time in whole seconds since 1970 (RFC 5849 §3.3). */
export function systemClock(): number {
  return Math.floor(Date.now() / 1000);
}
