// RFC 5849 §3.4.1.2: the host is signed as in the Host header field, an IPv6 address in brackets.
import OAuth from "mastercard-oauth1-signer";

console.log("expected http://[::1]/");
console.log("received", OAuth.getBaseUriString("http://[::1]/"));
