// RFC 5849 §3.4.1.2 defines the base string URI of http and https URLs. It does not oblige a signer to
// reject others.
import oauthSignature from "oauth-signature";

const baseString = new oauthSignature.SignatureBaseString("GET", "ftp://example.com/a", {});
console.log("expected an error");
console.log("received", baseString.generate());
