// A dance with npm's oauth, as its README shows it, except for oauth_version: the README has "1.0A",
// which is not the "1.0" of RFC 5849 §3.1.
import { createInterface } from "node:readline";
import oauth from "oauth";

const { PROVIDER, CALLBACK, CLIENT, CLIENT_SECRET, RESOURCE, VERSION = "1.0" } = process.env;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const nextLine = async () => (await lines.next()).value;

const client = new oauth.OAuth(
  `${PROVIDER}/oauth/initiate`,
  `${PROVIDER}/oauth/token`,
  CLIENT,
  CLIENT_SECRET,
  VERSION,
  CALLBACK,
  "HMAC-SHA1",
);

/** Calls a function with its callback last. The library passes errors as objects of its own. */
const called = (name, ...args) =>
  new Promise((resolve) => {
    client[name](...args, (error, ...results) => resolve({ error, results }));
  });

const temporary = await called("getOAuthRequestToken");
if (temporary.error) {
  console.log(`failed: ${temporary.error.statusCode} ${temporary.error.data}`);
  process.exit();
}
const [token, tokenSecret] = temporary.results;
console.log(`${PROVIDER}/oauth/authorize?oauth_token=${token}`);

const answer = await nextLine();
const verifier = CALLBACK === "oob" ? answer : new URL(answer).searchParams.get("oauth_verifier");
const exchanged = await called("getOAuthAccessToken", token, tokenSecret, verifier);
if (exchanged.error) {
  console.log(`failed: ${exchanged.error.statusCode} ${exchanged.error.data}`);
} else {
  for (let call = 0; call < 2; call++) {
    const { error, results } = await called("get", RESOURCE, ...exchanged.results.slice(0, 2));
    console.log(error ? `${error.statusCode} ${error.data}` : `200 ${results[0]}`);
    await nextLine();
  }
}
process.exit();
