// The entry of the bundled pages and workers, which sign the request of RFC 5849 §1.2 and send it.
import { signedFetch } from "@oauth1/client";
import { createSigner } from "@oauth1/signer";
import { request, signerOptions } from "./uses/rfc-example.mjs";

export async function run() {
  let sent;
  const fetch = signedFetch(createSigner(signerOptions), {
    fetch: async (...args) => {
      sent = new Request(...args);
      return new Response("ok");
    },
  });
  await (await fetch(request.url)).text();
  return { url: sent.url, authorization: sent.headers.get("Authorization") };
}
