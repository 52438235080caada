// The pictures of docs/how-a-signature-is-made.md show the packages' results for the example of
// RFC 5849 §3.4.1.1. `npx vitest run -u --project ci signature-pictures` draws them again.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { draw } from "../docs/.vitepress/pictures/draw.js";
import { signatureSteps } from "../docs/.vitepress/pictures/signature-steps.js";

const folder = fileURLToPath(new URL("../docs/public/signature/", import.meta.url));
const page = fileURLToPath(new URL("../docs/how-a-signature-is-made.md", import.meta.url));

describe.each(signatureSteps())("the picture $name", (picture) => {
  it("shows the results of the code", async () => {
    await expect(draw(picture)).toMatchFileSnapshot(`${folder}${picture.name}.svg`);
  });

  it("is XML, fits its width, and is on the page", () => {
    const svg = draw(picture);
    expect(XMLValidator.validate(svg)).toBe(true);
    for (const [, row = ""] of svg.matchAll(/<text x="16" y="\d+">(.*?)<\/text>/g)) {
      const text = row.replace(/<[^>]+>/g, "").replace(/&\w+;/g, "&");
      expect(text.length).toBeLessThanOrEqual(44);
    }
    expect(readFileSync(page, "utf8")).toContain(`(./public/signature/${picture.name}.svg)`);
  });
});

it("the last picture shows the signature of erratum 2550, because RFC 5849 prints that of another request", () => {
  const right = "r6/TJjbCOr97/+UU0NsvSne7s5g=";
  expect(signatureSteps().find(({ name }) => name === "signature")?.description).toContain(right);
});
