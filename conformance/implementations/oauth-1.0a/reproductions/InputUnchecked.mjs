// RFC 5849 §3.4.1.2 defines the base string URI of http and https URLs. It does not oblige a signer to
// reject others.
import OAuth from "oauth-1.0a";

const oauth = new OAuth({ consumer: { key: "ck", secret: "cs" } });
const request = { method: "GET", url: "ftp://example.com/" };
console.log("expected an error");
console.log("received", oauth.getBaseString(request, { oauth_nonce: "n" }));
