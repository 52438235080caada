// RFC 5849 §3.4.1.2: the base string URI has no fragment, which is not sent.
import OAuth from "oauth-1.0a";

const oauth = new OAuth({ consumer: { key: "ck", secret: "cs" } });
const request = { method: "GET", url: "http://example.com/#a" };
console.log("expected GET&http%3A%2F%2Fexample.com%2F&oauth_nonce%3Dn");
console.log("received", oauth.getBaseString(request, { oauth_nonce: "n" }));
