import { isIP } from "node:net";
import { type ForwardedClient, prepareForwardedClient } from "@oauth1/verifier";
import { type FuzzTarget, hold, holdEqual } from "../target.js";

const addresses = ["10.0.0.0/8", "::1"];
const standard = prepareForwardedClient({ addresses, fields: ["forwarded"] });
const older = prepareForwardedClient({
  addresses,
  fields: ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"],
});

/** `Forwarded` (RFC 7239 §4) and the older fields: one well-formed value, or none. */
export const target: FuzzTarget = {
  name: "forwarded",
  modules: /verifier\/dist\/forwarded(?:-client)?\.js$/,
  seeds: [
    'for=192.0.2.60;proto=http;by=203.0.113.43;host="a.example:80"',
    'For="[2001:db8:cafe::17]:4711"',
    "for=unknown; proto=https",
    "192.0.2.7, 198.51.100.9, 10.0.0.2",
    "::ffff:192.0.2.1,_hidden",
  ],
  tokens: [
    "for=",
    "host=",
    "proto=",
    ";",
    '"',
    '\\"',
    ", ",
    "10.0.0.1",
    "[::1]",
    ":80",
    "unknown",
    "_x",
    "0x7f",
    "::ffff:10.0.0.1",
    "fe80::1%eth0",
    "010.0.0.1",
  ],
  check(input) {
    const untrusted = standard({ peerAddress: "203.0.113.5", fields: () => [input] });
    holdEqual(untrusted, { address: "203.0.113.5" }, "a peer that is not trusted names nothing");
    const request = (name: string) => ({
      peerAddress: "10.0.0.1",
      fields: (field: string) => (field === name ? [input] : []),
    });
    const client = standard(request("forwarded"));
    checkClient(client);
    checkClient(older(request("x-forwarded-for")));
    checkClient(older(request("x-forwarded-host")));
    holdEqual(
      standard({ ...request("forwarded"), fields: () => [input, input] }),
      undefined,
      "two values are rejected",
    );
    if (client === undefined) return;
    // Every pair has a second spelling, as a quoted-string.
    const { host, scheme } = client;
    if (host !== undefined || scheme !== undefined) {
      const pairs = Object.entries({ host, proto: scheme }).filter(
        ([, value]) => value !== undefined,
      );
      const written = pairs.map(([name, value]) => `${name}="${value?.replace(/["\\]/g, "\\$&")}"`);
      const again = standard({ ...request("forwarded"), fields: () => [written.join(";")] });
      holdEqual([again?.host, again?.scheme], [host, scheme], "host and scheme round-trip");
    }
  },
};

function checkClient(client: ForwardedClient | undefined): void {
  if (client === undefined) return;
  hold(isIP(client.address ?? "") > 0, "the client's address is an IP address", client);
}
