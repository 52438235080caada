import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogueSchema } from "../src/catalogue/catalogue.js";
import { createKey, readCatalogue, readKey } from "../src/index.js";
import { newKeySchema } from "../src/keys/key-schema.js";
import { newUserSchema } from "../src/sign-in/user-schema.js";
import { faultsOf } from "../src/validate.js";
import { freshAccount, onBothDatabases, WEATHER_BOT } from "./installations.js";

const printable = fc
  .string({ unit: "binary", minLength: 1, maxLength: 40 })
  .filter((text) => !/[\p{Cc}\p{Cs}\u2028\u2029]|^\s|\s$/u.test(text));

describe("validation of a new key", () => {
  it("accepts every line of text of up to 100 characters", () => {
    fc.assert(
      fc.property(printable, (applicationName) => {
        const result = newKeySchema.safeParse({ ...WEATHER_BOT, applicationName });
        expect(result.success).toBe(applicationName.length <= 100);
      }),
    );
  });

  it("accepts only text, lists of text and null, and names the wrong field", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("applicationName", "developerName", "category", "permissions"),
        fc.oneof(
          fc.integer(),
          fc.boolean(),
          fc.constant(null),
          fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("length", "size")), fc.string()),
        ),
        (field, value) => {
          const result = newKeySchema.safeParse({ ...WEATHER_BOT, [field]: value });
          const faults = result.error && faultsOf(result.error);
          expect(faults?.map(({ path }) => path)).toEqual([`/${field}`]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(["", " a", "a ", "a\nb", "a\u0000", "\ud800", "a\u2028b", "x".repeat(101)])(
    "rejects the name %j",
    (applicationName) => {
      expect(newKeySchema.safeParse({ ...WEATHER_BOT, applicationName }).success).toBe(false);
    },
  );

  it("rejects unknown fields", () => {
    fc.assert(
      fc.property(
        fc
          .string({ minLength: 1 })
          .filter((name) => !(name in { ...WEATHER_BOT, description: "" })),
        (name) => {
          const input = Object.fromEntries([...Object.entries(WEATHER_BOT), [name, "x"]]);
          // JSON.parse creates `__proto__` as an ordinary field.
          expect(newKeySchema.safeParse(JSON.parse(JSON.stringify(input))).success).toBe(
            name === "__proto__",
          );
        },
      ),
    );
  });
});

describe("validation of a user", () => {
  it.each([
    ["jane", true],
    ["jane.doe@example.com", true],
    ["a", true],
    ["x".repeat(64), true],
    ["x".repeat(65), false],
    ["", false],
    [".jane", false],
    ["jane ", false],
    ["jäne", false],
  ])("the name %j: %s", (username, valid) => {
    expect(newUserSchema.safeParse({ username, role: "Agent" }).success).toBe(valid);
  });
});

describe("the catalogue", () => {
  it("contains five categories with 20 permissions", () => {
    const { categories } = readCatalogue();
    expect(categories.map(({ name }) => name)).toEqual([
      "Data",
      "Administration",
      "Agent Interactions",
      "Engagements",
      "Functions",
    ]);
    expect(categories.flatMap(({ permissions }) => permissions)).toHaveLength(20);
  });

  it("rejects a duplicate identifier", () => {
    const [data] = readCatalogue().categories;
    const result = catalogueSchema.safeParse({ categories: [data, data], services: [] });
    expect(result.error?.issues[0]).toMatchObject({ path: ["categories", 1, "id"] });
  });
});

onBothDatabases((opened) => {
  it("the database stores validated values unchanged", async () => {
    const { accountId, actor } = await freshAccount(opened.installation);
    await fc.assert(
      fc.asyncProperty(printable, printable, async (applicationName, developerName) => {
        const input = { ...WEATHER_BOT, applicationName, developerName };
        const { key } = await createKey(opened.installation, accountId, actor, input);
        expect(await readKey(opened.installation, accountId, key.id)).toMatchObject(input);
      }),
      { numRuns: 20 },
    );
  });
});
