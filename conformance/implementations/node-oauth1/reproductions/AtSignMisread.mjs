// RFC 5849 §3.4.1.2 and RFC 3986 §3.2: the authority ends at "?".
import OAuth from "node-oauth1";

console.log("expected http://example.com/");
console.log("received", OAuth.SignatureMethod.normalizeUrl("http://example.com?mail=a@b.example"));
