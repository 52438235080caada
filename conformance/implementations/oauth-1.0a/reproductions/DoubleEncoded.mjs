// RFC 5849 §3.4.1.3.1: the names of the query are decoded before they are encoded.
import OAuth from "oauth-1.0a";

const oauth = new OAuth({ consumer: { key: "ck", secret: "cs" } });
const request = { method: "GET", url: "http://example.com/?%5B=1" };
console.log("expected GET&http%3A%2F%2Fexample.com%2F&%255B%3D1%26oauth_nonce%3Dn");
console.log("received", oauth.getBaseString(request, { oauth_nonce: "n" }));
