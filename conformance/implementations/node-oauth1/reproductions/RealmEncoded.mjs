// RFC 5849 §3.5.1 and RFC 2617 §1.2: the realm is a quoted-string, which has no percent-encoding.
import OAuth from "node-oauth1";

console.log('expected OAuth realm="My photos",oauth_nonce="n"');
console.log("received", OAuth.getAuthorizationHeader("My photos", [["oauth_nonce", "n"]]));
