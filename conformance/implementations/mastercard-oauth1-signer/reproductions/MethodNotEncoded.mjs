// RFC 5849 §3.4.1.1: a custom method is encoded by §3.6.
import OAuth from "mastercard-oauth1-signer";

console.log("expected A%2BB&http%3A%2F%2Fexample.com%2F&");
console.log("received", OAuth.getSignatureBaseString("A+B", "http://example.com/", ""));
