import { readFileSync } from "node:fs";
import { z } from "@hono/zod-openapi";
import { ApiKeysError } from "../api-keys-error.js";
import { checkArguments } from "../check-arguments.js";
import { faultsOf } from "../validate.js";

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case words joined by hyphens");
const label = z.string().min(1).max(100);
const description = z
  .string()
  .min(1)
  .max(200)
  .openapi({ description: "What it lets a key do, for people who choose permissions" });

/** A permission that a key can have. */
export const permissionSchema = z
  .strictObject({
    id: slug.openapi({ example: "user-login" }),
    name: label.openapi({ example: "User Login" }),
    access: z.enum(["read", "read/write", "invoke"]),
    description: description.optional(),
  })
  .openapi("Permission");

/** A group of permissions. A key has permissions of one category. */
export const categorySchema = z
  .strictObject({
    id: slug.openapi({ example: "agent-interactions" }),
    name: label.openapi({ example: "Agent Interactions" }),
    description: description.optional(),
    permissions: z.array(permissionSchema).min(1),
  })
  .openapi("Category");

/** The file that defines the categories and permissions. */
export const catalogueSchema = z
  .strictObject({
    categories: z.array(categorySchema).min(1),
    services: z.array(z.string().regex(/^[A-Za-z0-9]{1,64}$/)).openapi({
      description: "Names of the services that the base URI lookup knows",
      example: ["agentVep"],
    }),
  })
  .superRefine(({ categories }, context) => {
    const rejectRepeated = (path: (string | number)[], seen: Set<string>, id: string) => {
      if (seen.has(id))
        context.addIssue({
          code: "custom",
          path,
          message: `must be unique; "${id}" is used twice`,
        });
      seen.add(id);
    };
    const categoryIds = new Set<string>();
    const permissionIds = new Set<string>();
    for (const [at, category] of categories.entries()) {
      rejectRepeated(["categories", at, "id"], categoryIds, category.id);
      for (const [index, permission] of category.permissions.entries()) {
        rejectRepeated(
          ["categories", at, "permissions", index, "id"],
          permissionIds,
          permission.id,
        );
      }
    }
  })
  .openapi("Catalogue");

/** A permission that a key can have. */
export type Permission = z.infer<typeof permissionSchema>;
/** A group of permissions. A key has permissions of one category. */
export type Category = z.infer<typeof categorySchema>;
/** The categories and permissions. Every identifier is unique. */
export type Catalogue = z.infer<typeof catalogueSchema>;

/**
 * Reads a catalogue: the categories and their permissions.
 *
 * @param file - A path or `file:` URL. The default is the catalogue of this package.
 * @throws `ApiKeysError` `ERR_CATALOGUE` if the file is missing or malformed.
 *
 * @example
 * ```ts
 * const interactions = readCatalogue().categories.find(({ name }) => name === "Agent Interactions");
 * interactions.permissions.map(({ name }) => name); // ["User Login"]
 * ```
 */
export function readCatalogue(
  file: string | URL = new URL("../../catalogue/catalogue.json", import.meta.url),
): Catalogue {
  checkArguments({ file });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ApiKeysError("ERR_CATALOGUE", `${file}: ${(error as Error).message}`);
  }
  const read = catalogueSchema.safeParse(json);
  if (!read.success) {
    const faults = faultsOf(read.error).map(({ path, message }) => `${path} ${message}`);
    throw new ApiKeysError("ERR_CATALOGUE", `${file}: ${faults.join(", ")}`);
  }
  return read.data;
}

/** Returns the name of a permission, or its identifier if the catalogue no longer contains it. */
export function permissionName(catalogue: Catalogue, id: string): string {
  return (
    catalogue.categories.flatMap(({ permissions }) => permissions).find((each) => each.id === id)
      ?.name ?? id
  );
}
