// RFC 5849 §3.4.3: the key is an RSA key. A signer is not obliged to check its own key.
import { generateKeyPairSync } from "node:crypto";
import OAuth from "mastercard-oauth1-signer";

const { privateKey } = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
console.log("expected an error");
const signature = OAuth.signSignatureBaseString("GET&x&y", privateKey);
console.log("received a signature that begins with", signature.slice(0, 2));
