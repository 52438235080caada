import type { FuzzTarget } from "../target.js";
import { checkKey, pems } from "./keys.js";

/** The armor of a PEM key (RFC 7468), compared with `node:crypto`. */
export const target: FuzzTarget = {
  name: "pem-key",
  modules: /signature-methods\/dist\/(?:keys\/|base64|rsa-sync)/,
  seeds: [
    ...pems,
    "",
    "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
  ],
  tokens: [
    "-----BEGIN ",
    "-----END ",
    "-----",
    "PUBLIC KEY",
    "RSA ",
    "PRIVATE KEY",
    "CERTIFICATE",
    "\r\n",
    "=",
    "==",
    "Proc-Type: 4,ENCRYPTED\n",
    "MIIB",
    "A",
  ],
  check: checkKey,
};
