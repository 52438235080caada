// RFC 5849 §3.4.1.3.2: names and values are encoded before they are sorted and joined. Every body hash
// ends in "=".
import OAuth from "mastercard-oauth1-signer";

console.log("expected oauth_body_hash=47DEQpj8HBSa%2B%2FTImW%2B5JCeuQeRkm5NMpJWZG3hSuFU%3D");
console.log(
  "received",
  OAuth.toOAuthParamString(new Map(), new Map([["oauth_body_hash", OAuth.getBodyHash("")]])),
);
