// RFC 5849 §3.5.1: the header field carries what was signed, an empty value too.
import OAuth from "node-oauth1";

const parameters = [
  ["oauth_token", ""],
  ["oauth_nonce", "n"],
];
console.log('expected OAuth oauth_token="",oauth_nonce="n"');
console.log("received", OAuth.getAuthorizationHeader(null, parameters));
