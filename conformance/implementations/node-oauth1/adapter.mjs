import {
  chosen,
  given,
  isSince,
  protocolParameters,
  serve,
  support,
  versionOf,
} from "../protocol/protocol.mjs";

const library = chosen("node-oauth1");
const version = versionOf(library);
const { default: OAuth } = await import(library);

serve(
  {
    name: "node-oauth1",
    version,
    language: "JavaScript",
    signatureMethods: [
      ...["HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT"],
      ...(isSince(version, "1.3") ? ["HMAC-SHA512", "RSA-SHA1", "RSA-SHA256", "RSA-SHA512"] : []),
    ],
    transmissions: ["header", "form-body", "query"],
  },
  {
    "percent-encode"({ text }) {
      support(text !== undefined, "percentEncode takes text");
      return { result: OAuth.percentEncode(text) };
    },
    "base-string"({ method, url, parameters, form }) {
      support(!given(parameters, "realm"), "the realm is an argument of getAuthorizationHeader");
      const message = { method, action: url, parameters: [...parameters, ...(form ?? [])] };
      return { result: OAuth.SignatureMethod.getBaseString(message) };
    },
    signature({ baseString, clientSharedSecret, tokenSharedSecret, signatureMethod, privateKey }) {
      const accessor = {
        consumerSecret: clientSharedSecret,
        tokenSecret: tokenSharedSecret,
        privateKey,
      };
      const method = OAuth.SignatureMethod.newMethod(signatureMethod, accessor);
      return { result: method.getSignature(baseString) };
    },
    sign(input) {
      const { method, url, form, client, token, realm, transmission } = input;
      support(realm !== "", "it omits an empty realm");
      const message = {
        method,
        action: url,
        parameters: [...protocolParameters(input), ...(form ?? [])],
      };
      const baseString = OAuth.SignatureMethod.getBaseString(message);
      const signature = OAuth.SignatureMethod.sign(message, {
        consumerSecret: client.sharedSecret,
        tokenSecret: token?.sharedSecret,
        privateKey: client.privateKey,
      });
      const inForm = new Set(form);
      const protocol = message.parameters.filter((parameter) => !inForm.has(parameter));
      const carried = {
        header: () => ({ authorization: OAuth.getAuthorizationHeader(realm, protocol) }),
        query: () => ({ url: OAuth.addToURL(url, protocol) }),
        "form-body": () => ({ body: OAuth.formEncode(message.parameters) }),
      };
      return { baseString, signature, ...carried[transmission]() };
    },
  },
);
