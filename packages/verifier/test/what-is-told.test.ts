// By default, callers without valid secrets cannot learn which clients and tokens are known:
// status, headers and body of the response are always the same.
import { createSigner } from "@oauth1/signer";
import type { KnownClient, KnownToken } from "@oauth1/verifier";
import fc from "fast-check";
import { expect, it } from "vitest";
import { client, credentialStore, testVerifier, token } from "./verifying-server.js";

const clientStatus = fc.constantFrom<KnownClient["status"]>(
  ...([undefined, "enabled", "refused", "rejected"] as const),
);
const tokenStatus = fc.constantFrom<KnownToken["status"]>(
  ...([undefined, "enabled", "used", "expired", "revoked", "rejected"] as const),
);
const named = fc.constantFrom("known", "unknown");

const byDefault = (options: Parameters<typeof testVerifier>[0]) =>
  testVerifier({ ...options, problemReporting: undefined });

it("the response is the same for every caller without a valid secret", async () => {
  const answers = new Set<string>();
  const problems = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        clientStatus,
        tokenStatus,
        client: named,
        token: fc.option(named),
        transmission: fc.constantFrom("header" as const, "query" as const),
        path: fc.webPath(),
        // At least one secret is a guess.
        guessed: fc.constantFrom("client", "token", "both"),
      }),
      async (made) => {
        const hasToken = made.token !== null;
        const guessesClient = made.guessed !== "token" || !hasToken;
        const signer = createSigner({
          client: {
            identifier: made.client === "known" ? client.identifier : "unknown",
            sharedSecret: guessesClient ? "guessed" : client.sharedSecret,
          },
          ...(hasToken && {
            token: {
              identifier: made.token === "known" ? token.identifier : "unknown",
              sharedSecret: made.guessed === "client" ? token.sharedSecret : "guessed",
            },
          }),
          transmission: made.transmission,
        });
        const verifier = byDefault({
          credentials: credentialStore({
            client: { status: made.clientStatus },
            token: { status: made.tokenStatus },
          }),
        });
        const url = `https://api.example.com/${encodeURI(made.path.slice(1))}`;
        const verification = await verifier.verify(signer.sign({ method: "GET", url }));
        if (verification.verified) throw new Error("verified");
        const { status, headers, body, problem } = verification;
        answers.add(JSON.stringify({ status, headers, body }));
        problems.add(problem);
      },
    ),
    { numRuns: 2000 },
  );
  expect([...answers].map((answer) => JSON.parse(answer))).toEqual([
    {
      status: 401,
      headers: {
        "WWW-Authenticate": 'OAuth realm="Photos", oauth_problem="signature_invalid"',
        "Cache-Control": "no-store",
        "Content-Type": "application/x-www-form-urlencoded",
      },
      body: "oauth_problem=signature_invalid",
    },
  ]);
  // The server's own log has the precise problem.
  expect([...problems].sort()).toEqual([
    "consumer_key_refused",
    "consumer_key_rejected",
    "consumer_key_unknown",
    "signature_invalid",
    "token_expired",
    "token_rejected",
    "token_revoked",
    "token_used",
  ]);
});

it("the response is the same for a revoked token whose secrets were deleted", async () => {
  const verifier = byDefault({
    credentials: credentialStore({
      token: { status: "revoked", sharedSecrets: undefined as never },
    }),
  });
  const signer = createSigner({ client, token });
  const request = signer.sign({ method: "GET", url: "https://api.example.com/" });
  expect(await verifier.verify(request)).toMatchObject({
    status: 401,
    problem: "token_revoked",
    body: "oauth_problem=signature_invalid",
  });
});

it.each(["used", "expired", "revoked", "rejected"] as const)(
  "a client with the secrets learns that the token is %s",
  async (status) => {
    const verifier = byDefault({ credentials: credentialStore({ token: { status } }) });
    const signer = createSigner({ client, token });
    const request = signer.sign({ method: "GET", url: "https://api.example.com/" });
    expect(await verifier.verify(request)).toMatchObject({
      body: `oauth_problem=token_${status}`,
    });
  },
);
