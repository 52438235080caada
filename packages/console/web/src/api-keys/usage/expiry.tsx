import { dateAndTime } from "../date-and-time.js";
import type { KeySectionProps } from "../sections/key-section.js";

/** The time before the end of a key at which the console begins to warn, in milliseconds. */
const WARNED_BEFORE = 14 * 86_400_000;

/** Shows in the list that a key has expired or expires soon. */
export function ExpiryMark({ expiresAt }: { readonly expiresAt: string | null }) {
  const left = leftOf(expiresAt);
  if (expiresAt === null || left === undefined) return null;
  return (
    <span class={`source ${left > 0 ? "ends" : "disabled"}`} title={dateAndTime(expiresAt)}>
      {left > 0 ? `expires ${inWords(left)}` : "expired"}
    </span>
  );
}

/** Shows on the page of a key that it has expired or expires soon, and what to do. */
export function ExpiryNotice({ apiKey: { expiresAt }, mayChange }: KeySectionProps) {
  const left = leftOf(expiresAt);
  if (expiresAt === null || left === undefined) return null;
  return (
    <p class="expiry-notice" role="note">
      {left > 0
        ? `This key expires ${inWords(left)}, on ${dateAndTime(expiresAt)}.`
        : `This key expired on ${dateAndTime(expiresAt)} and does not work.`}
      {mayChange && " To let it work longer, change the date below."}
    </p>
  );
}

/** Returns the milliseconds until the end, or `undefined` if there is nothing to say. */
function leftOf(expiresAt: string | null): number | undefined {
  const left = expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt) - Date.now();
  return left < WARNED_BEFORE ? left : undefined;
}

function inWords(milliseconds: number): string {
  const hours = Math.ceil(milliseconds / 3_600_000);
  if (hours <= 48) return hours === 1 ? "within 1 hour" : `in ${hours} hours`;
  return `in ${Math.ceil(hours / 24)} days`;
}
