import { ClientError } from "@oauth1/client";
import { expect, it } from "vitest";

it("a ClientError is a TypeError, like the errors of fetch, with a code and its cause", () => {
  const cause = new Error("below");
  const error = new ClientError("ERR_URL", "neither http nor https", { cause });
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ name: "ClientError", code: "ERR_URL", cause });
  expect(String(error)).toBe("ClientError: neither http nor https");
});
