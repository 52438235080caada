// RFC 5849 §3.4.1.3.2: values are sorted after they have been encoded: "%40" comes before "0".
import oauthSignature from "oauth-signature";

const baseString = new oauthSignature.SignatureBaseString("GET", "http://example.com/a", {
  a: ["0", "@"],
});
console.log("expected GET&http%3A%2F%2Fexample.com%2Fa&a%3D%2540%26a%3D0");
console.log("received", baseString.generate());
