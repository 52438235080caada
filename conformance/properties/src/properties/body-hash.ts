import { createHash } from "node:crypto";
import fc from "fast-check";
import { octets } from "../arbitraries/octets.js";
import { expectEqual, type Property, property } from "../property.js";

/** Body hashes: OAuth Request Body Hash extension. */
export const bodyHashProperties: readonly Property[] = [
  property({
    id: "body-hash/by-node-crypto",
    level: "interoperability",
    section: "OAuth Request Body Hash extension, draft 3, §3.2",
    statement: "The body hash is base64 of the hash of the octets.",
    needs: ["bodyHash"],
    inputs: fc.record({ body: octets, hash: fc.constantFrom("SHA-1", "SHA-256", "SHA-512") }),
    async check({ bodyHash }, { body, hash }) {
      const right = createHash(hash.replace("-", "")).update(body).digest("base64");
      expectEqual(await bodyHash({ body, hash }), right);
    },
  }),
];
