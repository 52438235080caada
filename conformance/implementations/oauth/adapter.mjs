import { captured, sentUrl } from "../protocol/capture.mjs";
import { chosen, grouped, isSince, serve, support, versionOf } from "../protocol/protocol.mjs";

const library = chosen("oauth");
const { default: oauth } = await import(library);
const version = versionOf(library);

function clientFor({ url, client, signatureMethod, callback }) {
  const secret = signatureMethod === "RSA-SHA1" ? client.privateKey : client.sharedSecret;
  return new oauth.OAuth(url, url, client.identifier, secret, "1.0", callback, signatureMethod);
}

/** Calls one of the methods that take a callback. */
function done(client, name, ...args) {
  return new Promise((resolve, reject) => {
    client[name](...args, (error) => (error ? reject(error) : resolve()));
  });
}

/** A request for temporary or token credentials, a form, or any other request. */
async function authorization(input) {
  const { method, url, form, token, callback, verifier } = input;
  const credentials = [token?.identifier, token?.sharedSecret];
  const client = clientFor(input);
  if (callback !== null || verifier !== null) {
    support(callback === null || verifier === null, "no callback beside a verifier");
    support(form === null, "no form in a request for credentials");
    support((callback === null) === (token !== null), "credentials are asked for in two steps");
    client.setClientOptions({ requestTokenHttpMethod: method, accessTokenHttpMethod: method });
    const sent = await captured(() =>
      callback === null
        ? done(client, "getOAuthAccessToken", ...credentials, verifier)
        : done(client, "getOAuthRequestToken"),
    );
    return { authorization: sent.headers.authorization, url: sentUrl(sent, url) };
  }
  if (form === null) {
    return { authorization: client.authHeader(url, ...credentials, method) };
  }
  support(method === "POST" || method === "PUT", "forms are posted or put");
  const name = method.toLowerCase();
  const sent = await captured(() => done(client, name, url, ...credentials, grouped(form)));
  return { authorization: sent.headers.authorization, url: sentUrl(sent, url) };
}

serve(
  {
    name: "oauth",
    version,
    language: "JavaScript",
    signatureMethods: [
      ...["HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"],
      ...(isSince(version, "0.10") ? ["HMAC-SHA256"] : []),
    ],
    transmissions: ["header", "query"],
    ownNonce: true,
    ownTimestamp: true,
    ownVersion: true,
  },
  {
    async sign(input) {
      const { method, url, form, token, realm, callback, verifier, transmission } = input;
      support(realm === null, "a realm only for OAuth Echo");
      if (transmission === "header") return authorization(input);
      support(
        form === null && callback === null && verifier === null,
        "signUrl takes the URL alone",
      );
      const client = clientFor(input);
      return { url: client.signUrl(url, token?.identifier, token?.sharedSecret, method) };
    },
  },
);
