import { captured, sentUrl } from "../protocol/capture.mjs";
import { chosen, isSince, serve, support, versionOf } from "../protocol/protocol.mjs";

const library = chosen("request");
const { default: request } = await import(library);
const version = versionOf(library);

const transports = { header: "header", query: "query", "form-body": "body" };

serve(
  {
    name: "request",
    version,
    language: "JavaScript",
    signatureMethods: [
      ...["HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"],
      ...(isSince(version, "2.88") ? ["HMAC-SHA256"] : []),
    ],
    transmissions: Object.keys(transports),
    ownVersion: true,
  },
  {
    async sign(input) {
      const { method, url, form, body, client, token, transmission } = input;
      const { signatureMethod, timestamp, nonce, realm, callback, verifier } = input;
      support(realm !== "", "it omits an empty realm");
      support(transmission !== "form-body" || method === "POST", "a body is signed with POST only");
      const sent = await captured(
        () =>
          new Promise((resolve, reject) => {
            const options = {
              method,
              url,
              oauth: {
                consumer_key: client.identifier,
                ...(signatureMethod === "RSA-SHA1"
                  ? { private_key: client.privateKey }
                  : { consumer_secret: client.sharedSecret }),
                ...(token && { token: token.identifier, token_secret: token.sharedSecret }),
                ...(callback === null ? {} : { callback }),
                ...(verifier === null ? {} : { verifier }),
                ...(realm === null ? {} : { realm }),
                signature_method: signatureMethod,
                timestamp,
                nonce,
                transport_method: transports[transmission],
              },
              ...(form === null ? {} : { form: new URLSearchParams(form).toString() }),
              ...(body === null ? {} : { body: Buffer.from(body, "base64") }),
            };
            request(options, (error) => (error ? reject(error) : resolve()));
          }),
      );
      return {
        url: sentUrl(sent, url),
        ...(transmission === "header" ? { authorization: sent.headers.authorization } : {}),
        ...(transmission === "form-body" ? { body: sent.body } : {}),
      };
    },
  },
);
