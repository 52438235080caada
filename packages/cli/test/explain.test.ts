import { describe, expect, it } from "vitest";
import { bin, oauth1, run } from "./run-oauth1.js";

const SECRETS = /j49sk3j29djd|dh893hdasih9/;
const ESCAPE = "\u001b";

describe("oauth1 explain --rfc-example", () => {
  it("prints every step with its section, without a secret", async () => {
    const { code, stdout, stderr } = await oauth1(["explain", "--rfc-example"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const section of ["3.1", "3.2", "2", "1"].map((end) => `§3.4.1.${end}`)) {
      expect(stdout).toContain(`RFC 5849 ${section}`);
    }
    // The strings of §3.4.1.3.2 and §3.4.1.1, and the signature of erratum 2550.
    expect(stdout).toContain(
      "   a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&oauth_consumer_key=9djdj82h48djs9d2&oauth_nonce=7d8f3e4a&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_token=kkk9d7dh3k39sjv7\n",
    );
    expect(stdout).toContain(
      "   POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7\n",
    );
    expect(stdout).toContain("   r6/TJjbCOr97/+UU0NsvSne7s5g=\n");
    expect(stdout).toContain("bYT5CMsGcbgUdFHObYMEfcx6bsw=");
    expect(stdout).toContain("••••••••&••••••••");
    expect(stdout).not.toMatch(SECRETS);
    expect(stdout).not.toContain(ESCAPE);
  });

  it("uses colours with FORCE_COLOR, and none with NO_COLOR", async () => {
    const args = ["explain", "--rfc-example"];
    const coloured = await oauth1(args, { env: { FORCE_COLOR: "1" } });
    expect(coloured.stdout).toContain(`${ESCAPE}[`);
    const plain = await oauth1(args, { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    expect(plain.stdout).not.toContain(ESCAPE);
  });

  it("prints the steps as JSON", async () => {
    const { stdout } = await oauth1(["explain", "--rfc-example", "--json"]);
    const { steps } = JSON.parse(stdout);
    expect(steps.map(({ step }: { step: string }) => step)).toEqual([
      "collected-parameters",
      "sorted-parameters",
      "normalized-parameters",
      "base-string-uri",
      "signature-base-string",
      "key",
      "signature",
      "transmission",
    ]);
    expect(steps[0].value).toContainEqual({
      source: "query",
      name: "b5",
      value: "=%3D",
      encodedName: "b5",
      encodedValue: "%3D%253D",
    });
    expect(stdout).not.toMatch(SECRETS);
  });
});

describe("oauth1 explain", () => {
  const env = { OAUTH1_CLIENT_IDENTIFIER: "k", OAUTH1_CLIENT_SHARED_SECRET: "s3cr3t" };

  it("distinguishes empty secrets from masked ones", async () => {
    const { stdout } = await oauth1(["explain", "http://example.com/"], { env });
    expect(stdout).toContain(
      "••••••••&  (client shared-secret masked, token shared-secret empty)\n",
    );
    expect(stdout).not.toContain("s3cr3t");
  });

  it("shows octets that are not UTF-8, and escapes control characters", async () => {
    const { stdout } = await oauth1(["explain", "http://example.com/?a=%ff&b=%1b%c2%9b"], { env });
    expect(stdout).toMatch(/query +"a" +\(not UTF-8\) +a +%FF\n/);
    expect(stdout).toMatch(/query +"b" +"\\u001b\\u\{9b\}" +b +%1B%C2%9B\n/);
  });

  it("ends without an error if the reader closes the pipe early", async () => {
    const { stderr } = await run("/bin/sh", [
      "-c",
      `"$1" "$2" explain --rfc-example | true`,
      "sh",
      process.execPath,
      bin,
    ]);
    expect(stderr).toBe("");
  });
});
