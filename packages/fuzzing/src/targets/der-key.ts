import type { FuzzTarget } from "../target.js";
import { checkKey, pair } from "./keys.js";

const formats = [
  ["PUBLIC KEY", pair.publicKey.export({ type: "spki", format: "der" })],
  ["RSA PUBLIC KEY", pair.publicKey.export({ type: "pkcs1", format: "der" })],
  ["PRIVATE KEY", pair.privateKey.export({ type: "pkcs8", format: "der" })],
  ["RSA PRIVATE KEY", pair.privateKey.export({ type: "pkcs1", format: "der" })],
  ["CERTIFICATE", Buffer.from("3003300130", "hex")],
] as const;

/** The octets of a key (ITU-T X.690 §8.1) in well-formed armor. The first character is the label. */
export const target: FuzzTarget = {
  name: "der-key",
  modules: /signature-methods\/dist\/(?:keys\/|base64|rsa-sync)/,
  seeds: formats.map(([, octets], index) => index + octets.toString("latin1")),
  tokens: [
    "0",
    "1",
    "2",
    "3",
    "4",
    "\x30\x80",
    "\x30\x82\x01\x22",
    "\x30\x84\xff\xff\xff\xff",
    "\x02\x01\x00",
    "\x05\x00",
    "\x03\x02\x00",
    "\x06\x09*\x86H\x86\xf7\x0d\x01\x01\x01",
    "\x04\x82",
  ],
  check(input) {
    const [label] = formats[(input.charCodeAt(0) || 0) % formats.length] ?? formats[0];
    const base64 = Buffer.from(input.slice(1), "latin1").toString("base64");
    checkKey(`-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`);
  },
};
