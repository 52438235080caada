// RFC 5849 §3.4.1.2: the host is signed as in the Host header field, an IPv6 address in brackets.
import oauthSignature from "oauth-signature";

const baseString = new oauthSignature.SignatureBaseString("GET", "http://[::1]/a", {});
console.log("expected GET&http%3A%2F%2F%5B%3A%3A1%5D%2Fa&");
console.log("received", baseString.generate());
