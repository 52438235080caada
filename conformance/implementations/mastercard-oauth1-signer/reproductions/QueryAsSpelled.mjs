// RFC 5849 §3.4.1.3.1: the query is decoded, and then encoded by §3.6 with capital letters.
import OAuth from "mastercard-oauth1-signer";

const query = OAuth.extractQueryParams("http://example.com/?a=%2f");
console.log("expected a=%2F");
console.log("received", OAuth.toOAuthParamString(query, new Map()));
