import { z } from "@hono/zod-openapi";

/** Text of one line: no control characters, no lone surrogates, no white space at either end. */
export function line(maximum: number): z.ZodString {
  return z
    .string()
    .min(1, "must not be empty")
    .max(maximum, `must have at most ${maximum} characters`)
    .regex(/^(?!\s)[^\p{Cc}\p{Cs}\u2028\u2029]*(?<!\s)$/u, {
      error: "must be one line without control characters, leading or trailing white space",
    });
}
