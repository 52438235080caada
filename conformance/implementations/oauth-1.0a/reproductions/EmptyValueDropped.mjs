// RFC 5849 §3.4.1.3.2: a parameter that comes twice is signed twice, with an empty value too.
import OAuth from "oauth-1.0a";

const oauth = new OAuth({ consumer: { key: "ck", secret: "cs" } });
const request = { method: "GET", url: "http://example.com/?a=&a=1" };
console.log("expected GET&http%3A%2F%2Fexample.com%2F&a%3D%26a%3D1%26oauth_nonce%3Dn");
console.log("received", oauth.getBaseString(request, { oauth_nonce: "n" }));
