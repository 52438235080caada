// A dance with @oauth1/client, as docs/authorization.md shows it.
import { createInterface } from "node:readline";
import { signedFetch } from "@oauth1/client";
import {
  authorizationUrl,
  readAuthorizationCallback,
  requestTemporaryCredentials,
  requestTokenCredentials,
} from "@oauth1/client/authorization";
import { createSigner } from "@oauth1/signer";

const { PROVIDER, CALLBACK, CLIENT, CLIENT_SECRET, RESOURCE } = process.env;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const nextLine = async () => (await lines.next()).value;

const options = {
  client: { identifier: CLIENT, sharedSecret: CLIENT_SECRET },
  allowInsecureTransport: true,
};
const temporaryCredentials = await requestTemporaryCredentials(`${PROVIDER}/oauth/initiate`, {
  ...options,
  callback: CALLBACK,
});
console.log(authorizationUrl(`${PROVIDER}/oauth/authorize`, temporaryCredentials));

const answer = await nextLine();
try {
  const verifier =
    CALLBACK === "oob" ? answer : readAuthorizationCallback(answer, temporaryCredentials).verifier;
  const token = await requestTokenCredentials(`${PROVIDER}/oauth/token`, {
    ...options,
    temporaryCredentials,
    verifier,
  });
  const fetch = signedFetch(createSigner({ client: options.client, token }));
  for (let call = 0; call < 2; call++) {
    const response = await fetch(RESOURCE);
    console.log(`${response.status} ${await response.text()}`);
    await nextLine();
  }
} catch (error) {
  console.log(`failed: ${error.name}: ${error.message}`);
}
process.exit();
