// OAuth Request Body Hash §3.2, an optional extension: oauth_body_hash is compared with the body.
import { createHmac } from "node:crypto";
import passport from "passport-http-oauth";

const signature = createHmac("sha1", "cs&")
  .update(
    "POST&http%3A%2F%2Fexample.com%2F&oauth_body_hash%3Dx%26oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1",
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
  authorization: `OAuth oauth_body_hash="x", oauth_consumer_key="ck", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1", oauth_nonce="n", oauth_signature="${encodeURIComponent(signature)}"`,
};
strategy.authenticate({ method: "POST", url: "/", headers, query: {}, body: {}, connection: {} });
