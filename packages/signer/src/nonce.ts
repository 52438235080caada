/** Web Crypto, a global of every platform. */
declare const crypto: { getRandomValues<Octets extends Uint8Array>(octets: Octets): Octets };

const NONCE_OCTETS = 16;

/** Random octets for the next nonces: asking the platform once for each nonce is slower. */
let pool = new Uint8Array(0);
let used = 0;

/** A fresh nonce (RFC 5849 §3.3): 128 random bits as 32 hexadecimal digits. */
export function randomNonce(): string {
  if (used === pool.length) {
    pool = crypto.getRandomValues(new Uint8Array(256 * NONCE_OCTETS));
    used = 0;
  }
  let nonce = "";
  for (const end = used + NONCE_OCTETS; used < end; used++) nonce += HEX[pool[used] ?? 0];
  return nonce;
}

const HEX: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, octet) =>
  octet.toString(16).padStart(2, "0"),
);
