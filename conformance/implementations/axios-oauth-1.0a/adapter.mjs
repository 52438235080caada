import axios from "axios";
import { captured, sentUrl } from "../protocol/capture.mjs";
import { chosen, serve, support, versionOf } from "../protocol/protocol.mjs";

const library = chosen("axios-oauth-1.0a");
const { default: interceptor } = await import(library);

const addOAuthInterceptor = interceptor.default ?? interceptor;

serve(
  {
    name: "axios-oauth-1.0a",
    version: versionOf(library),
    language: "JavaScript",
    // Its type and its README name only these two.
    signatureMethods: ["HMAC-SHA1", "HMAC-SHA256"],
    transmissions: ["header"],
    ownNonce: true,
    ownTimestamp: true,
    ownVersion: true,
  },
  {
    async sign({
      method,
      url,
      form,
      body,
      client,
      token,
      signatureMethod,
      realm,
      callback,
      verifier,
    }) {
      support(realm !== "", "it omits an empty realm");
      const http = axios.create();
      addOAuthInterceptor(http, {
        algorithm: signatureMethod,
        key: client.identifier,
        secret: client.sharedSecret,
        token: token?.identifier,
        tokenSecret: token?.sharedSecret,
        includeBodyHash: false,
        realm,
        callback,
        verifier,
      });
      const sent = await captured(() =>
        http.request({
          method,
          url,
          ...(form === null
            ? { data: body === null ? undefined : Buffer.from(body, "base64") }
            : {
                data: new URLSearchParams(form).toString(),
                headers: { "content-type": "application/x-www-form-urlencoded" },
              }),
        }),
      );
      const { authorization } = sent.headers;
      support(authorization !== undefined, "axios carries no such header field");
      return { authorization, url: sentUrl(sent, url) };
    },
  },
);
