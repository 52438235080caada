import type { SignedRequest, Transmission } from "@oauth1/signer";

type Signed = SignedRequest<string | undefined>;

/** The part of a signed request that carries the protocol parameters (RFC 5849 §3.5). */
export const transmitted: Readonly<
  Record<Transmission, { part: string; section: string; of: (signed: Signed) => string }>
> = {
  header: {
    part: "Authorization header",
    section: "RFC 5849 §3.5.1",
    of: ({ headers }) => `Authorization: ${headers["Authorization"] ?? ""}`,
  },
  "form-body": {
    part: "Form body",
    section: "RFC 5849 §3.5.2",
    of: ({ body }) => body ?? "",
  },
  query: {
    part: "URL",
    section: "RFC 5849 §3.5.3",
    of: ({ url }) => url,
  },
};
