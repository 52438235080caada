// RFC 5849 §3.4.1.2: the authority is that of the Host header field. The RFC does not mention port 0.
import oauthSignature from "oauth-signature";

const baseString = new oauthSignature.SignatureBaseString("GET", "http://example.com:0/a", {});
console.log("expected GET&http%3A%2F%2Fexample.com%3A0%2Fa&");
console.log("received", baseString.generate());
