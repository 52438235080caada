// RFC 5849 §3.4.1.2: the port is excluded where it is the default one of the scheme.
import OAuth from "mastercard-oauth1-signer";

console.log("expected https://example.com/");
console.log("received", OAuth.getBaseUriString("https://example.com:443/"));
