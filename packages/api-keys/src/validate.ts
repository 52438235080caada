import type { z } from "@hono/zod-openapi";
import { ApiKeysError, type InputFault } from "./api-keys-error.js";

/** Returns the validated input, with defaults filled in. @throws ApiKeysError `ERR_INPUT`. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  if (input instanceof Promise) {
    throw rejectInput([{ path: "", message: "must not be a Promise: await it" }]);
  }
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw rejectInput(faultsOf(result.error));
}

/** Returns an error that lists what is wrong, and where. */
export function rejectInput(faults: readonly InputFault[]): ApiKeysError {
  const text = faults.map(({ path, message }) => `${path || "the input"}: ${message}`).join("; ");
  return new ApiKeysError("ERR_INPUT", text, { faults });
}

/**
 * Converts the issues of the schema library: the first of each place, which says the most. The library
 * checks the length of an object with a `length`, for example, even where text is required.
 */
export function faultsOf(error: z.ZodError): InputFault[] {
  const faults = error.issues.flatMap((issue) => {
    const paths =
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => [...issue.path, key])
        : [issue.path];
    const message = issue.code === "unrecognized_keys" ? "unknown field" : issue.message;
    return paths.map((path) => ({ path: pointer(path), message }));
  });
  return [...new Map(faults.toReversed().map((fault) => [fault.path, fault])).values()].reverse();
}

/** Returns a path as a JSON pointer (RFC 6901 §3). */
export function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}
