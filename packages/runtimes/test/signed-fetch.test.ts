// signedFetch with the fetch of every runtime, verified by Python's oauthlib.
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import {
  bodyOf,
  credentials,
  type Echo,
  field,
  hasOauthlib,
  verifyingServer,
} from "../../client/test/verifying-server.js";
import { bundle } from "../dist/bundle.js";
import { runtimes } from "../dist/runtimes.js";
import type { FetchOptions, FetchReport } from "../dist/signed-fetch.js";
import { isLeftOut } from "./left-out.js";

const server = verifyingServer();
const elsewhere = verifyingServer();
const FORM = "a+b=%E2%98%83+%2B+%26+%3D";

for (const runtime of runtimes) {
  describe.skipIf(!hasOauthlib || isLeftOut(runtime))(`signedFetch in ${runtime.name}`, () => {
    let report: FetchReport<Echo>;
    beforeAll(async () => {
      const options: FetchOptions = {
        origin: server.origin,
        elsewhere: `${elsewhere.origin}/unsigned/b`,
        ...credentials,
      };
      const answered = await runtime.run(await bundle(runtime, "signed-fetch"), options);
      report = answered as FetchReport<Echo>;
    });

    /** The request that the server received, if oauthlib verified it. */
    function verified(name: string): Echo {
      const fetched = report[name];
      expect(fetched).toMatchObject({ status: 200, echo: { verified: true } });
      if (fetched === undefined || !("echo" in fetched)) throw new Error(`no answer: ${name}`);
      return fetched.echo;
    }

    it("signs a query as the runtime sends it", () => {
      expect(verified("query")).toMatchObject({
        method: "GET",
        target: "/photos?size=big%20one&%C3%A9=~%21+&%C3%A9=",
      });
    });

    it("signs a form, and one in a Request", () => {
      for (const name of ["form", "request"]) {
        const echo = verified(name);
        expect(echo).toMatchObject({ method: "POST", target: "/photos?a=1" });
        expect(field(echo, "content-type")).toMatch(/^application\/x-www-form-urlencoded\b/);
        expect(field(echo, "authorization")).not.toContain("oauth_body_hash");
        expect(bodyOf(echo)).toBe(FORM);
      }
    });

    it("signs the hash of a body that is not a form", () => {
      const bodies = { json: Buffer.from('{"title":"☃"}'), octets: Buffer.from([0, 255]) };
      for (const [name, body] of Object.entries(bodies)) {
        const echo = verified(name);
        expect(echo.body).toBe(body.toString("base64"));
        const hash = encodeURIComponent(createHash("sha1").update(body).digest("base64"));
        expect(field(echo, "authorization")).toContain(`oauth_body_hash="${hash}"`);
      }
      expect(field(verified("json"), "content-type")).toBe("application/json");
    });

    it("is rejected with another shared-secret", () => {
      expect(report["wrong shared-secret"]).toMatchObject({
        status: 401,
        echo: { verified: false, reason: "signature does not verify" },
      });
    });

    it("rejects an Authorization header of the caller", () => {
      expect(report["authorization"]).toEqual({ code: "ERR_AUTHORIZATION_PRESENT" });
    });

    if (runtime.host === "page") {
      it("rejects a redirect, because a browser hides its target", () => {
        expect(report["redirect"]).toEqual({ code: "ERR_REDIRECT_HIDDEN" });
        expect(report["redirect elsewhere"]).toEqual({ code: "ERR_REDIRECT_HIDDEN" });
      });
      return;
    }

    it("signs each hop of a redirect on the same origin", () => {
      const echo = verified("redirect");
      expect(echo).toMatchObject({ method: "POST", target: "/photos?a=1" });
      expect(bodyOf(echo)).toBe(FORM);
      expect(report["redirect"]).toMatchObject({ redirected: true });
    });

    it("does not send credentials to another origin", () => {
      const fetched = report["redirect elsewhere"];
      expect(fetched).toMatchObject({ status: 200, redirected: true });
      if (fetched === undefined || !("echo" in fetched)) throw new Error("no answer");
      expect(fetched.echo.target).toBe("/unsigned/b");
      expect(JSON.stringify(fetched.echo)).not.toMatch(/oauth_|authorization/i);
    });
  });
}
