// RFC 5849 §3.1: with PLAINTEXT, oauth_timestamp and oauth_nonce may be omitted.
import passport from "passport-http-oauth";

const strategy = new passport.ConsumerStrategy(
  (_key, done) => done(null, {}, "cs"),
  () => {},
);
strategy.success = () => console.log("received accepted");
strategy.fail = () => console.log("received rejected");
console.log("expected accepted");
const headers = {
  host: "example.com",
  authorization: `OAuth oauth_consumer_key="ck", oauth_signature_method="PLAINTEXT", oauth_signature="cs%26"`,
};
strategy.authenticate({ method: "GET", url: "/", headers, query: {}, body: {}, connection: {} });
