import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { equalInConstantTime } from "@oauth1/hmac-sha1/constant-time";
import type { KeyRing } from "@oauth1/storage";

/** The user who has signed in on a device. */
export interface DeviceUser {
  readonly accountId: string;
  readonly username: string;
}

/** The time in milliseconds for which a device stays known after a sign-in. */
export const DEVICE_LIFETIME = 180 * 86_400_000;

/**
 * Creates a token that proves later that this user has signed in with this browser. It does not
 * replace the password: a known device only has its own count of wrong passwords, which other
 * clients cannot exhaust.
 *
 * @param earlier - The identifier of the device, if it is already known.
 */
export function deviceToken(
  ring: KeyRing,
  user: DeviceUser,
  expires: Date,
  earlier: string | undefined,
): string {
  const { id, key } = ring.current();
  const device = earlier ?? randomBytes(16).toString("base64url");
  const claim = `${id}.${device}.${Math.floor(expires.getTime() / 1000)}`;
  return `${claim}.${signatureOf(key, user, claim)}`;
}

/** Returns the identifier of a device that the user has signed in with before, or `undefined`. */
export function knownDevice(
  ring: KeyRing,
  user: DeviceUser,
  token: string,
  now: Date,
): string | undefined {
  const [, claim, keyId, device, expires, signature] =
    /^((\w{16})\.([\w-]{22})\.(\d{1,12}))\.([\w-]{43})$/.exec(token) ?? [];
  if (claim === undefined || keyId === undefined || signature === undefined) return undefined;
  if (!ring.identifiers().includes(keyId)) return undefined;
  const expected = signatureOf(ring.find(keyId), user, claim);
  if (!equalInConstantTime(expected, signature)) return undefined;
  return Number(expires) * 1000 > now.getTime() ? device : undefined;
}

/** Signs with a key that is derived from the encryption key for this purpose only. */
function signatureOf(key: Buffer, { accountId, username }: DeviceUser, claim: string): string {
  const derived = hkdfSync("sha256", key, "", "oauth1 api-keys known device", 32);
  return createHmac("sha256", Buffer.from(derived))
    .update(JSON.stringify([accountId, username.toLowerCase(), claim]), "utf8")
    .digest("base64url");
}
