// @oauth1/client: each adapter sends a signed request to a server that verifies it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as sendRequest } from "node:http";
import { json } from "node:stream/consumers";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { createSigner } from "@oauth1/signer";
import { createVerifier } from "@oauth1/verifier";
import { nodeVerifier } from "@oauth1/verifier/node";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { client, request, signature, signerOptions, token } from "./rfc-example.mjs";

const signer = createSigner({ client, token });

export const clients = {
  "@oauth1/client": ({ signedFetch }) =>
    verifies(async (url) => (await signedFetch(signer)(url)).json()),
  "@oauth1/client/authorization": ({ authorizationUrl }) => {
    const url = authorizationUrl("https://photos.example.net/authorize", { identifier: "t&" });
    assert.equal(new URL(url).searchParams.get("oauth_token"), "t&");
  },
  "@oauth1/client/axios": ({ axiosSigner }) =>
    verifies(async (url) => {
      const { default: axios } = await import("axios");
      const api = axios.create();
      api.interceptors.request.use(axiosSigner(signer));
      return (await api.get(url)).data;
    }),
  "@oauth1/client/curl": ({ curlCommand }) => {
    const command = curlCommand(createSigner(signerOptions).sign(request));
    assert.match(command, /^curl -H 'Authorization: OAuth realm="Photos", .+' 'http:\/\/photos/);
    assert.ok(command.includes(encodeURIComponent(signature)));
  },
  "@oauth1/client/got": ({ gotSigner }) =>
    verifies(async (url) => {
      const { default: got } = await import("got");
      return await got.extend(gotSigner(signer))(url).json();
    }),
  "@oauth1/client/ky": ({ kySigner }) =>
    verifies(async (url) => {
      const { default: ky } = await import("ky");
      return await ky.extend(kySigner(signer))(url).json();
    }),
  "@oauth1/client/lti": ({ ltiLaunch }) => {
    const { fields } = ltiLaunch("https://tool.example.com/launch", {
      client,
      parameters: [["resource_link_id", "120988f929-274612"]],
    });
    assert.equal(fields.at(-1)[0], "oauth_signature");
  },
  "@oauth1/client/node": ({ nodeSigner }) =>
    verifies(async (url) => {
      const [response] = await once(sendRequest(nodeSigner(signer)(url).options).end(), "response");
      return await json(response);
    }),
  "@oauth1/client/signed-url": ({ signedUrl }) =>
    verifies(async (url) => (await fetch(signedUrl(url, { client, token }))).json()),
  "@oauth1/client/superagent": ({ superagentSigner }) =>
    verifies(async (url) => {
      const { default: superagent } = await import("superagent");
      return (await superagent.get(url).use(superagentSigner(signer))).body;
    }),
  "@oauth1/client/undici": ({ undiciSigner }) =>
    verifies(async (url) => {
      const { Agent, request: send } = await import("undici");
      const agent = new Agent();
      const dispatcher = agent.compose(undiciSigner(signer, { origin: new URL(url).origin }));
      const { body } = await send(url, { dispatcher });
      const answer = await body.json();
      await agent.close();
      return answer;
    }),
};

/**
 * Starts a server that responds to verified requests with their caller, and sends it one
 * request.
 */
async function verifies(send) {
  const verifier = createVerifier({
    credentials: {
      find: () => ({
        client: { identifier: client.identifier, sharedSecrets: [client.sharedSecret] },
        token: { identifier: token.identifier, sharedSecrets: [token.sharedSecret] },
        caller: { account: 7 },
      }),
    },
    nonces: memoryNonceStore(),
    signatureMethods: [hmacSha1],
  });
  const server = createServer(
    nodeVerifier(verifier, (_request, response, { caller }) => {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(caller));
    }),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    const url = `http://127.0.0.1:${server.address().port}/photos?size=big%20one`;
    assert.deepEqual(await send(url), { account: 7 });
  } finally {
    server.closeAllConnections?.();
    server.close();
  }
}
