// RFC 5849 §3.2: a server should reject a request in which a protocol parameter comes twice.
import { createHmac } from "node:crypto";
import passport from "passport-http-oauth";

const signature = createHmac("sha1", "cs&")
  .update(
    "GET&http%3A%2F%2Fexample.com%2F&oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1",
  )
  .digest("base64");
const strategy = new passport.ConsumerStrategy(
  (_key, done) => done(null, {}, "cs"),
  () => {},
);
strategy.success = () => console.log("received accepted");
strategy.fail = () => console.log("received rejected");
console.log("expected rejected");
const headers = {
  host: "example.com",
  authorization: `OAuth oauth_signature="x", oauth_consumer_key="ck", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1", oauth_nonce="n", oauth_signature="${encodeURIComponent(signature)}"`,
};
strategy.authenticate({ method: "GET", url: "/", headers, query: {}, body: {}, connection: {} });
