// RFC 5849 §3.4.1.3.2: every parameter is signed, whatever its name.
import oauthSignature from "oauth-signature";

const parameters = { hasOwnProperty: "1" };
console.log("expected GET&http%3A%2F%2Fexample.com%2Fa&hasOwnProperty%3D1");
try {
  const baseString = new oauthSignature.SignatureBaseString(
    "GET",
    "http://example.com/a",
    parameters,
  );
  console.log("received", baseString.generate());
} catch (error) {
  console.log("received error:", error.message);
}
