import { parseRequestUri } from "@oauth1/base-string/steps";
import fc from "fast-check";
import { expect, it } from "vitest";
import { plainMessage } from "../src/messages/plain-message.js";
import { prepareRequestUrl } from "../src/request-url.js";

const hosts = ["example.com", "EXAMPLE.com:80", "example.com:0080", "[::1]:8080", "a:", "a:65536"];
const host = fc.constantFrom(...hosts, "a b", "", "é");
const path = fc.array(fc.constantFrom("/", "a", "?", "&", "=", "%2F", "..", "@", ":", " ", "é"), {
  maxLength: 6,
});

it("requestUrl() parses a URL like parseRequestUri(), whatever origin it parsed before", () => {
  const requestUrl = prepareRequestUrl({});
  fc.assert(
    fc.property(fc.constantFrom("http", "https"), host, path, (scheme, authority, pieces) => {
      const url = `${scheme}://${authority}/${pieces.join("")}`;
      const attempt = (read: () => unknown) => {
        try {
          return read();
        } catch {
          return "rejected";
        }
      };
      const uri = attempt(() => parseRequestUri(url));
      const message = plainMessage({ method: "GET", url }, {});
      expect(attempt(() => requestUrl(message).uri)).toEqual(uri);
    }),
    { numRuns: 5000 },
  );
});
