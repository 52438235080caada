// RFC 5849 §3.5.1: the header field carries the values that were signed.
import OAuth from "node-oauth1";

console.log('expected OAuth oauth_nonce="%20n"');
console.log("received", OAuth.getAuthorizationHeader(null, [["oauth_nonce", " n"]]));
