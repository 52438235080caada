// RFC 5849 §3.4.1.2 defines the base string URI of http and https URLs. It does not oblige a signer to
// reject others.
import OAuth from "node-oauth1";

console.log("expected an error");
console.log("received", OAuth.SignatureMethod.normalizeUrl("ftp://example.com/"));
