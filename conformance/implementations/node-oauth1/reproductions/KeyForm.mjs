// RFC 5849 §3.4.3: the key is an RSA key. A signer is not obliged to check its own key.
import { generateKeyPairSync } from "node:crypto";
import OAuth from "node-oauth1";

const { privateKey } = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const method = OAuth.SignatureMethod.newMethod("RSA-SHA256", { privateKey });
console.log("expected an error");
console.log("received a signature that begins with", method.getSignature("GET&x&y").slice(0, 2));
