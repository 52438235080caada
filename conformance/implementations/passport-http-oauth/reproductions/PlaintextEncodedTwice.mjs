// RFC 5849 §3.4.4 and §3.5.1: the signature is "cs&", which the header field carries as "cs%26".
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
  authorization: `OAuth oauth_consumer_key="ck", oauth_signature_method="PLAINTEXT", oauth_timestamp="1", oauth_nonce="n", oauth_signature="cs%26"`,
};
strategy.authenticate({ method: "GET", url: "/", headers, query: {}, body: {}, connection: {} });
