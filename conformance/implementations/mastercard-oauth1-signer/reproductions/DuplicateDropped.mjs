// RFC 5849 §3.4.1.3.2: a parameter that comes twice is signed twice.
import OAuth from "mastercard-oauth1-signer";

const query = OAuth.extractQueryParams("http://example.com/?a=1&a=1");
console.log("expected a=1&a=1");
console.log("received", OAuth.toOAuthParamString(query, new Map()));
