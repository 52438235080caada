import { readFileSync } from "node:fs";
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from "ajv/dist/2020.js";
import { UsageError } from "./usage-error.js";

const validators = new Map<string, ValidateFunction>();

/**
 * Reads a JSON file and checks it against a schema of this package.
 *
 * @param schema - The name of the schema, such as `manifest` for `schema/manifest.schema.json`.
 * @throws {@link UsageError} if the file is not JSON, or does not match the schema. The message
 * names the file and the place.
 */
export function readJson<T>(file: string, schema: string): T {
  const text = readFileSync(file, "utf8");
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: not JSON: ${(error as Error).message}`);
  }
  const validate = validator(schema);
  if (!validate(data)) {
    const [first] = validate.errors ?? [];
    const place = first?.instancePath || "the whole";
    throw new UsageError(`${file}: ${place} ${first?.message} (schema/${schema}.schema.json)`);
  }
  return data as T;
}

function validator(schema: string): ValidateFunction {
  let validate = validators.get(schema);
  if (validate === undefined) {
    const file = new URL(`../schema/${schema}.schema.json`, import.meta.url);
    const text: AnySchemaObject = JSON.parse(readFileSync(file, "utf8"));
    validate = new Ajv2020({ strict: false }).compile(text);
    validators.set(schema, validate);
  }
  return validate;
}
