// RFC 5849 §3.4.1.2: the path is signed as it is sent.
import oauthSignature from "oauth-signature";

const baseString = new oauthSignature.SignatureBaseString("GET", "http://example.com/%7Euser", {});
console.log("expected GET&http%3A%2F%2Fexample.com%2F%257Euser&");
console.log("received", baseString.generate());
