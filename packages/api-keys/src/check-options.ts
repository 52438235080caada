/**
 * Checks options of a function, for this package and for those that build on it.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";
import { ApiKeysError } from "./api-keys-error.js";

/**
 * Checks an object of options: types, missing ones and unknown names.
 *
 * @param owner - The function that takes the options.
 * @param schema - Each option with the text that says what it must be.
 * @throws ApiKeysError `ERR_ARGUMENT`, which names each wrong option and what it must be.
 *
 * @example
 * ```ts
 * import { z } from "zod";
 *
 * const schema = z.strictObject({ port: z.int("must be a whole number").optional() });
 * checkOptions("listen", schema, { port: 5849 }); // undefined
 * ```
 */
export function checkOptions(
  owner: string,
  schema: z.ZodObject<Record<string, z.ZodType>>,
  options: unknown,
): void {
  if (options instanceof Promise) {
    throw new ApiKeysError("ERR_ARGUMENT", `${owner}: options must not be a Promise; await it`);
  }
  const result = schema.safeParse(options);
  if (result.success) return;
  const faults = result.error.issues.map((issue) => {
    if (issue.code === "unrecognized_keys") {
      const known = knownNames(schema, issue.path).join(", ");
      return `${issue.keys.map((key) => [...issue.path, key].join(".")).join(", ")} is unknown; known are: ${known}`;
    }
    return issue.path.length === 0
      ? "options must be an object"
      : `${issue.path.join(".")} ${issue.message}`;
  });
  throw new ApiKeysError("ERR_ARGUMENT", `${owner}: ${faults.join("; ")}`);
}

/**
 * An option that is a function.
 *
 * @param must - What it must be, for the message.
 *
 * @example
 * ```ts
 * functionSchema("must be a function").safeParse(() => {}).success; // true
 * functionSchema("must be a function").safeParse("now").success; // false
 * ```
 */
export function functionSchema(must: string): z.ZodType {
  return z.custom((value) => typeof value === "function", must);
}

function knownNames(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: z.ZodType | undefined = schema;
  for (const step of path) at = at && shapeOf(at)[String(step)];
  return at === undefined ? [] : Object.keys(shapeOf(at));
}

function shapeOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> {
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  return inner instanceof z.ZodObject ? (inner.shape as Record<string, z.ZodType>) : {};
}
