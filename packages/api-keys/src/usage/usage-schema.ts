import { z } from "@hono/zod-openapi";

/** One call of a key, without secrets, signatures, values of the query and bodies. */
export const keyCallSchema = z
  .object({
    at: z.iso.datetime(),
    method: z.string().openapi({ example: "GET" }),
    path: z.string().openapi({
      description:
        "As it was sent. A segment of more than 40 characters, which could be a secret, is replaced by `…`",
      example: "/api/account/68384531/echo/data/data-access",
    }),
    queryNames: z.array(z.string()).openapi({
      description: "The names of the query's parameters; values are not stored",
      example: ["from", "to"],
    }),
    status: z.int().openapi({ example: 401 }),
    verified: z.boolean().openapi({
      description: "Whether the signature was right and the address allowed",
    }),
    problem: z.string().nullable().openapi({
      description: "The stable code of the problem",
      example: "signature_invalid",
    }),
    explanation: z.string().nullable().openapi({
      description: "What is wrong, for people; for a wrong signature the result of a diagnosis",
      example:
        "Your client signed http, the request came by https: sign the scheme that you send by (§3.4.1.2).",
    }),
    mistakes: z.array(z.string()).openapi({
      description: "The known mistakes that make the wrong signature, as in `@oauth1/diagnosis`",
      example: ["SchemeSwapped"],
    }),
  })
  .openapi("KeyCall");

/** The last calls of a key. */
export const keyCallsSchema = z
  .object({
    calls: z.array(keyCallSchema).openapi({ description: "At most 50, the newest first" }),
    areRecorded: z.boolean().openapi({ description: "False if the server does not record calls" }),
  })
  .openapi("KeyCalls");

/** When and how often a key was used. */
export const keyUsageSchema = z
  .object({
    lastUsedAt: z.iso.datetime().nullable().openapi({
      description: "When a call was last verified; null if never",
    }),
    hours: z
      .array(
        z.object({
          start: z.iso.datetime(),
          verified: z.int().openapi({ description: "Calls that were verified" }),
          rejected: z.int().openapi({ description: "Calls that were rejected" }),
        }),
      )
      .openapi({ description: "The last 24 hours, the current one last" }),
  })
  .openapi("KeyUsage");

/** One call of a key. */
export type KeyCall = z.infer<typeof keyCallSchema>;
/** When and how often a key was used. */
export type KeyUsage = z.infer<typeof keyUsageSchema>;
/** The last calls of a key, and whether the server records them. */
export type KeyCalls = z.infer<typeof keyCallsSchema>;
