// Fills the tables of a provider. A few rows are stored as the provider stores them. The others copy
// their encrypted secrets, so that they have the right size, but cannot be used.
import { randomBytes } from "node:crypto";
import { openSqlStore } from "@oauth1/provider/sql";

/** A resource owner has this many tokens. */
const TOKENS_OF_OWNER = 3;
/** There are this many tokens for each temporary credentials that wait for a decision. */
const TOKENS_OF_TEMPORARY = 10;
const CLIENTS = 100;
const SAMPLE = 100;
const BATCH = 50_000;
const IDENTIFIER =
  "translate(rtrim(encode(sha256((random() || ' ' || n)::bytea), 'base64'), '='), '+/', '-_')";

/** @param {number} tokens */
export function countsOf(tokens) {
  return {
    tokens,
    owners: Math.floor(tokens / TOKENS_OF_OWNER),
    temporaries: tokens / TOKENS_OF_TEMPORARY,
  };
}

/**
 * The name of a resource owner with stored tokens.
 *
 * @param {number} number
 */
export function ownerName(number) {
  return `owner${number}`;
}

/**
 * @param {{ dataFolder: string, databaseUrl: string }} location
 * @param {number} tokens
 */
export async function fill(location, tokens) {
  const { owners, temporaries } = countsOf(tokens);
  const store = await openSqlStore(location);
  const inADay = new Date(Date.now() + 86_400_000); // so that none is removed during the benchmark
  for (let number = 0; number < SAMPLE; number++) {
    const secret = () => randomBytes(32).toString("base64url");
    const shared = { client: `client${number}`, sharedSecret: secret() };
    for (const identifier of [`sample${number}`, `exchanged${number}`]) {
      await store.addTemporaryCredentials({
        ...shared,
        identifier,
        callback: "https://client.example.com/callback",
        expires: inADay,
        consentKey: secret(),
        decision: "pending",
        resourceOwner: undefined,
        codeHash: undefined,
      });
    }
    await store.exchange(`exchanged${number}`, {
      ...shared,
      identifier: `sample${number}`,
      resourceOwner: ownerName(number),
      created: new Date(),
      expires: undefined,
      sessionHandleHash: undefined,
    });
  }
  await copied(
    tokens,
    (series) => `insert into oauth1_token_credentials
      select ${IDENTIFIER}, 'client' || n % ${CLIENTS}, 'owner' || n % ${owners},
        now() - random() * interval '1 year', null, null, encryption_key_id, sealed
      from ${series} join oauth1_token_credentials on identifier = 'sample' || n % ${SAMPLE}`,
  );
  await copied(
    temporaries,
    (series) => `insert into oauth1_temporary_credentials
      select ${IDENTIFIER}, 'client' || n % ${CLIENTS}, callback,
        expires_at - random() * interval '10 minutes', 'pending', null, null, 0, encryption_key_id, sealed
      from ${series} join oauth1_temporary_credentials on identifier = 'sample' || n % ${SAMPLE}`,
  );
  await store.client.query("vacuum analyze", []);
  const { rows } = await store.client.query(
    `select (select count(*) from oauth1_token_credentials)::integer as tokens,
            (select count(*) from oauth1_temporary_credentials)::integer as temporaries`,
    [],
  );
  const [counted] = /** @type {{ tokens: number, temporaries: number }[]} */ (rows);
  if (counted?.tokens !== tokens || counted.temporaries !== temporaries) {
    throw new Error(`the tables must be filled: ${JSON.stringify(counted)}`);
  }
  await store.close();

  /**
   * Copies rows of the sample until there are this many, a batch in each statement, because the
   * store limits the time of a statement.
   *
   * @param {number} count
   * @param {(series: string) => string} statementOf
   */
  async function copied(count, statementOf) {
    for (let first = SAMPLE; first < count; first += BATCH) {
      const last = Math.min(first + BATCH, count) - 1;
      await store.client.query(statementOf(`generate_series(${first}, ${last}) n`), []);
    }
  }
}
