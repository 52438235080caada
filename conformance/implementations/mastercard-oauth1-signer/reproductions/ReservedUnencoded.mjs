// RFC 5849 §3.6: all characters but letters, digits, "-", ".", "_" and "~" are encoded.
import OAuth from "mastercard-oauth1-signer";

console.log("expected GET&http%3A%2F%2Fexample.com%2F%28a%29%2A&");
console.log("received", OAuth.getSignatureBaseString("GET", "http://example.com/(a)*", ""));
