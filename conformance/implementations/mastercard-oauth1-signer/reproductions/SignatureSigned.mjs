// RFC 5849 §3.4.1.3.1: oauth_signature is excluded from what is signed, wherever it is.
import OAuth from "mastercard-oauth1-signer";

const query = OAuth.extractQueryParams("http://example.com/?a=1&oauth_signature=x");
console.log("expected a=1");
console.log("received", OAuth.toOAuthParamString(query, new Map()));
