// RFC 5849 §3.4.1.2: the authority is that of the Host header field, which has no userinfo.
import OAuth from "oauth-1.0a";

const oauth = new OAuth({ consumer: { key: "ck", secret: "cs" } });
const request = { method: "GET", url: "http://user:pass@example.com/" };
console.log("expected GET&http%3A%2F%2Fexample.com%2F&oauth_nonce%3Dn");
console.log("received", oauth.getBaseString(request, { oauth_nonce: "n" }));
