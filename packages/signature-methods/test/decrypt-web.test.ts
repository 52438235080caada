import { expect, it } from "vitest";
import { decryptPrivateKey } from "../dist/keys/decrypt-web.js";

it("rejects an encrypted key without node:crypto", () => {
  expect(() => decryptPrivateKey("-----BEGIN ENCRYPTED PRIVATE KEY-----", "secret")).toThrow(
    expect.objectContaining({
      name: "KeyError",
      code: "ERR_KEY_ENCRYPTED",
      message: "an encrypted private key can be read only with node:crypto: decrypt it first",
    }),
  );
});
