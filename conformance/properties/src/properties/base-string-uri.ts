import { url } from "../arbitraries/url.js";
import { expectEqual, type Property, property } from "../property.js";

/** The base string URI: RFC 5849 §3.4.1.2. */
export const baseStringUriProperties: readonly Property[] = [
  property({
    id: "base-string-uri/by-parts",
    section: "§3.4.1.2",
    statement:
      "It is scheme and host in lower case, the port where it is not the default, and the path as it is.",
    needs: ["baseStringUri"],
    inputs: url,
    async check({ baseStringUri }, input) {
      expectEqual(await baseStringUri(input.url), input.baseStringUri, {
        step: "baseStringUri",
        url: input.url,
      });
    },
  }),
  property({
    id: "base-string-uri/idempotent",
    section: "§3.4.1.2",
    statement: "A base string URI is its own base string URI.",
    needs: ["baseStringUri"],
    inputs: url,
    async check({ baseStringUri }, input) {
      const once = await baseStringUri(input.url);
      expectEqual(await baseStringUri(once), once);
    },
  }),
];
