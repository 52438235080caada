// RFC 5849 §3.4.1.2: the authority is that of the Host header field, which has no userinfo.
import OAuth from "node-oauth1";

console.log("expected http://example.com/");
console.log("received", OAuth.SignatureMethod.normalizeUrl("http://user:pass@example.com/"));
