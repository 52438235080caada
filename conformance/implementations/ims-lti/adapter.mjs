import {
  chosen,
  received,
  serve,
  support,
  supportMethodOf,
  versionOf,
} from "../protocol/protocol.mjs";

const library = chosen("ims-lti");
const { default: lti } = await import(library);

serve(
  {
    name: "ims-lti",
    version: versionOf(library),
    language: "JavaScript",
    signatureMethods: ["HMAC-SHA1"],
  },
  {
    verify(asked) {
      const { signatureMethods, clientSharedSecret, tokenSharedSecret } = asked;
      support(signatureMethods?.includes("HMAC-SHA1") ?? true, "HMAC-SHA1 only");
      supportMethodOf(asked);
      const request = received(asked);
      // A launch is a form that carries the protocol parameters, without a token.
      support("oauth_signature" in request.body, "a form that carries the protocol parameters");
      support(!("oauth_token" in request.body) && tokenSharedSecret === "", "no token");
      const provider = new lti.Provider("client", clientSharedSecret);
      // The comparison of valid_request after it has found the parameters of an LTI launch.
      const { signer, consumer_secret } = provider;
      const signature = signer.build_signature(request, request.body, consumer_secret);
      return { valid: signature === request.body.oauth_signature };
    },
  },
);
