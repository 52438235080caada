// RFC 5849 §3.4.1.2 and RFC 2616 §5.1.2: an empty path is sent as "/".
import oauthSignature from "oauth-signature";

const baseString = new oauthSignature.SignatureBaseString("GET", "http://example.com", {});
console.log("expected GET&http%3A%2F%2Fexample.com%2F&");
console.log("received", baseString.generate());
