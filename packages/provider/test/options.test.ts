import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { describe, expect, it } from "vitest";
import { createProvider } from "../src/index.js";
import { memoryStore } from "../src/stores/memory.js";
import { PRINTER, serve } from "./served-provider.js";

const right = {
  clients: { find: () => PRINTER },
  store: memoryStore(),
  nonces: memoryNonceStore(),
  signatureMethods: [hmacSha1],
  resourceOwner: () => ({ identifier: "jane", session: "s" }),
};

describe("createProvider", () => {
  it.each([
    [{ clients: undefined }, "clients must be an object with a function find(identifier)"],
    [{ store: {} }, "store must be a store, such as the result of memoryStore()"],
    [{ resourceOwner: "jane" }, "resourceOwner must be a function"],
    [{ path: "/oauth/" }, "path must be a path such as /oauth, without a slash at its end"],
    [{ tokenLifetime: 0 }, "tokenLifetime must be a whole number of at least 1"],
    [{ allowInsecureTransport: "false" }, "allowInsecureTransport must be true or false"],
    [{ tokenlifetime: 5 }, "tokenlifetime is not an option: use one of clients, store"],
  ])("rejects %j", (wrong, message) => {
    expect(() => createProvider({ ...right, ...wrong } as never)).toThrow(
      expect.objectContaining({
        code: "ERR_PROVIDER_OPTION",
        message: expect.stringContaining(`createProvider: ${message}`),
      }),
    );
  });

  it("rejects wrong options of its verifiers", () => {
    expect(() => createProvider({ ...right, nonces: {} } as never)).toThrow(
      expect.objectContaining({ code: "ERR_VERIFIER_OPTION" }),
    );
  });
});

describe("the consent page", () => {
  it("can be the server's own, which is kept out of frames, too", async () => {
    const { begin, open, post } = serve(memoryStore(), {
      consentPage: ({ client, fields, decisions }) =>
        new Response(
          `<h1>${client.name}</h1><input name="oauth_token" value="${fields["oauth_token"]}"><input name="binding" value="${fields["binding"]}"><button name="decision" value="${decisions.approve}">`,
          { headers: { "Content-Security-Policy": "default-src 'self'" } },
        ),
    });
    const { response, html, fields } = await open((await begin()).identifier, "jane-1");
    expect(html).toContain("<h1>Printer</h1>");
    expect(response.headers.get("Content-Security-Policy")).toBe(
      "default-src 'self', frame-ancestors 'none'",
    );
    fields.set("decision", "approve");
    expect((await post(fields, "jane-1")).status).toBe(303);
  });

  it("names the mistake if resourceOwner() returns no session", async () => {
    const { begin, open } = serve(memoryStore(), {
      resourceOwner: () => ({ identifier: "jane" }) as never,
    });
    await expect(open((await begin()).identifier, "jane-1")).rejects.toMatchObject({
      code: "ERR_PROVIDER_OPTION",
      message: expect.stringContaining("whose session is a non-empty string"),
    });
  });

  it("rejects other methods, other bodies and large forms", async () => {
    const { send, address, provider, begin } = serve(memoryStore());
    const url = address(provider.paths.authorization);
    expect((await send(url, { method: "DELETE" })).headers.get("Allow")).toBe("GET, POST");
    expect((await send(url, { method: "POST", body: "{}" })).status).toBe(400);
    const { identifier } = await begin();
    const large = new URLSearchParams({ oauth_token: identifier, filler: "x".repeat(20_000) });
    expect((await send(url, { method: "POST", body: large })).status).toBe(400);
  });
});
