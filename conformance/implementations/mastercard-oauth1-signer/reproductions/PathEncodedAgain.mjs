// RFC 5849 §3.4.1.2: the path is signed as it is sent; RFC 3986 §3.3 allows an apostrophe.
import OAuth from "mastercard-oauth1-signer";

console.log("expected http://example.com/it's");
console.log("received", OAuth.getBaseUriString("http://example.com/it's"));
