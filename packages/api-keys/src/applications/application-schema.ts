import { z } from "@hono/zod-openapi";
import { isCallback } from "@oauth1/provider";
import { ACCEPTED_METHODS, SAFE_METHOD_NAMES } from "../accepted-methods.js";
import { line } from "../line.js";

/** The maximum number of applications of an account. */
export const MAXIMUM_APPLICATIONS = 100;

const unique = <Item>(items: Item[]) => [...new Set(items)];

const fields = {
  applicationName: line(100).openapi({ example: "Printer" }),
  developerName: line(100).openapi({ example: "Example Printers" }),
  access: z
    .array(line(200))
    .max(20, "must contain at most 20 sentences")
    .overwrite(unique)
    .openapi({
      description: "What the application asks for, in sentences that the consent page shows",
      example: ["See your photos"],
    }),
  callbacks: z
    .array(
      z.string().max(2000, "must have at most 2000 characters").refine(isCallback, {
        error: "must be an absolute URL such as https://printer.example.com/ready, or oob",
      }),
    )
    .min(1, "must contain at least one callback")
    .max(50, "must contain at most 50 callbacks")
    .overwrite(unique)
    .openapi({
      description:
        "Where users may return to: URLs that are compared character by character, and `oob` for an application that asks them to type a code",
      example: ["http://printer.example.com/ready", "oob"],
    }),
  signatureMethods: z
    .array(z.enum(ACCEPTED_METHODS.map(({ name }) => name)))
    .min(1, "must contain at least one signature method")
    .overwrite(unique)
    .openapi({
      description: "The signature methods that the application may use",
      example: SAFE_METHOD_NAMES,
    }),
};

/** The fields of a new application. */
export const newApplicationSchema = z
  .strictObject({
    ...fields,
    access: fields.access.default([]),
    signatureMethods: fields.signatureMethods.default(SAFE_METHOD_NAMES as never),
  })
  .openapi("NewApplication");

/** Changes of an application. Omitted fields stay as they are. */
export const applicationChangeSchema = z
  .strictObject({
    applicationName: fields.applicationName.optional(),
    developerName: fields.developerName.optional(),
    access: fields.access.optional(),
    callbacks: fields.callbacks.optional(),
    signatureMethods: fields.signatureMethods.optional(),
    version: z.int().min(1).optional().openapi({
      description: "The version that was read. If it is no longer the newest, the response is 409",
    }),
  })
  .openapi("ApplicationChange");

/** The public form of an application, without its secret. */
export const applicationSchema = z
  .object({
    id: z.uuid(),
    applicationName: z.string(),
    developerName: z.string(),
    access: z.array(z.string()),
    callbacks: z.array(z.string()),
    signatureMethods: z.array(z.string()),
    enabled: z.boolean(),
    client: z.object({ identifier: z.string().openapi({ description: "`oauth_consumer_key`" }) }),
    oldSecretExpiresAt: z.iso.datetime().nullable().openapi({
      description: "When the secret before the current one stops working, if it still works",
    }),
    version: z.int(),
    createdAt: z.iso.datetime(),
    editedAt: z.iso.datetime(),
  })
  .openapi("Application");

/** An application with its client credentials. */
export const applicationWithCredentialsSchema = z
  .object({
    application: applicationSchema,
    credentials: z
      .object({ client: z.object({ identifier: z.string(), sharedSecret: z.string() }) })
      .openapi("ApplicationCredentials"),
  })
  .openapi("ApplicationWithCredentials");

/** All applications of an account, sorted by name. */
export const applicationListSchema = z
  .object({
    applications: z.array(applicationSchema),
    limit: z.object({ used: z.int(), maximum: z.int().openapi({ example: 100 }) }),
  })
  .openapi("ApplicationList");

const issuedToken = z.object({
  identifier: z.string().openapi({ description: "`oauth_token`" }),
  createdAt: z.iso.datetime(),
});

/** Selects a page of the tokens of an application. */
export const tokenQuerySchema = z.strictObject({
  after: z
    .string()
    .regex(/^\d{4}-[\d:.TZ-]{19}_[\w-]{1,100}$/, "must be the `next` of another page")
    .optional(),
  pageSize: z.coerce.number().int().min(1).max(100).default(25),
});

/** One page of the tokens of an application, the newest first. */
export const applicationTokensSchema = z
  .object({
    tokens: z.array(
      issuedToken.extend({
        user: z.object({ id: z.uuid(), name: z.string(), enabled: z.boolean() }),
      }),
    ),
    next: z.string().nullable().openapi({ description: "For `after`, if there are more" }),
  })
  .openapi("ApplicationTokens");

/** The applications that a user has granted access, the newest first. */
export const ownTokensSchema = z
  .object({
    tokens: z.array(
      issuedToken.extend({
        application: z.object({
          name: z.string(),
          developerName: z.string(),
          access: z.array(z.string()),
          enabled: z.boolean(),
        }),
      }),
    ),
  })
  .openapi("OwnTokens");

/** The fields of a new application. `access` and `signatureMethods` are optional. */
export type NewApplication = z.input<typeof newApplicationSchema>;
/** Changes of an application. */
export type ApplicationChange = z.input<typeof applicationChangeSchema>;
/** The public form of an application, without its secret. */
export type Application = z.infer<typeof applicationSchema>;
/** An application with its client credentials. */
export type ApplicationWithCredentials = z.infer<typeof applicationWithCredentialsSchema>;
/** All applications of an account. */
export type ApplicationList = z.infer<typeof applicationListSchema>;
/** Selects a page of the tokens of an application. */
export type TokenQuery = z.input<typeof tokenQuerySchema>;
/** One page of the tokens of an application. */
export type ApplicationTokens = z.infer<typeof applicationTokensSchema>;
/** The applications that a user has granted access. */
export type OwnTokens = z.infer<typeof ownTokensSchema>;
