import { methodDescriptions } from "@oauth1/signature-methods/descriptions";
import { signatureMethods } from "@oauth1/signature-methods/registry";
import { expect, it } from "vitest";

it("describes every method of the registry, without loading it", () => {
  expect(methodDescriptions).toEqual(
    signatureMethods.map(({ load: _, section: __, ...description }) => description),
  );
});
