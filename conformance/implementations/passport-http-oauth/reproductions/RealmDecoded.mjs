// RFC 5849 §3.5.1 and RFC 2617 §1.2: the realm is a quoted-string, which has no percent-encoding.
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
console.log("expected accepted");
const headers = {
  host: "example.com",
  authorization: `OAuth realm="100%", oauth_consumer_key="ck", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1", oauth_nonce="n", oauth_signature="${encodeURIComponent(signature)}"`,
};
try {
  strategy.authenticate({ method: "GET", url: "/", headers, query: {}, body: {}, connection: {} });
} catch (error) {
  console.log("received error:", error.message);
}
