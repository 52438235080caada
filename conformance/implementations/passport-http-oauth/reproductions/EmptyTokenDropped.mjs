// RFC 5849 §3.4.1.3.1: a parameter of the header field is signed, with an empty value too.
import { createHmac } from "node:crypto";
import passport from "passport-http-oauth";

const signature = createHmac("sha1", "cs&")
  .update(
    "GET&http%3A%2F%2Fexample.com%2F&oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1%26oauth_token%3D",
  )
  .digest("base64");
const strategy = new passport.ConsumerStrategy(
  (_key, done) => done(null, {}, "cs"),
  () => {},
);
strategy.success = () => console.log("received accepted");
strategy.fail = () => console.log("received rejected");
console.log("expected accepted");
const headers = {
  host: "example.com",
  authorization: `OAuth oauth_token="", oauth_consumer_key="ck", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1", oauth_nonce="n", oauth_signature="${encodeURIComponent(signature)}"`,
};
strategy.authenticate({ method: "GET", url: "/", headers, query: {}, body: {}, connection: {} });
