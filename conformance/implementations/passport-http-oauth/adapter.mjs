import passport from "passport-http-oauth";
import {
  received,
  serve,
  support,
  supportMethodOf,
  Unsupported,
  versionOf,
} from "../protocol/protocol.mjs";

const { ConsumerStrategy, TokenStrategy } = passport;

/** Runs a strategy like Passport, with the functions for each outcome. */
function authenticate(strategy, request) {
  return new Promise((resolve, reject) => {
    const run = Object.assign(Object.create(strategy), {
      success: () => resolve({ valid: true }),
      fail: (challenge) => {
        const problem = /oauth_problem="([^"]*)"/.exec(challenge)?.[1];
        resolve({ valid: false, ...(problem === undefined ? {} : { problem }) });
      },
      error: reject,
    });
    run.authenticate(request);
  });
}

serve(
  {
    name: "passport-http-oauth",
    version: versionOf("passport-http-oauth"),
    language: "JavaScript",
    signatureMethods: ["HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT"],
  },
  {
    verify(asked) {
      const { clientSharedSecret, tokenSharedSecret, signatureMethods } = asked;
      support(!signatureMethods?.some((name) => name.startsWith("RSA")), "no RSA");
      supportMethodOf(asked);
      const request = received(asked);
      const hasToken =
        Boolean(request.query["oauth_token"] || request.body["oauth_token"]) ||
        /\boauth_token="[^"]/.test(request.headers["authorization"] ?? "");
      const client = (_identifier, done) => done(null, {}, clientSharedSecret);
      const token = (_identifier, done) => done(null, {}, tokenSharedSecret);
      // The strategies let this function of their caller check timestamp and nonce.
      const validate = (timestamp, _nonce, done) =>
        /^[1-9]\d*$/.test(timestamp)
          ? done(null, true)
          : done(new Unsupported("its caller judges the timestamp"));
      const strategy = hasToken
        ? new TokenStrategy(client, token, validate)
        : new ConsumerStrategy(client, (_token, done) => done(null, ""), validate);
      return authenticate(strategy, request);
    },
  },
);
