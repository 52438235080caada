// RFC 5849 §3.4.1.3.1 and RFC 3986 §3.4: the query begins at the first question mark and may contain others.
import OAuth from "oauth-1.0a";

const oauth = new OAuth({ consumer: { key: "ck", secret: "cs" } });
const request = { method: "GET", url: "http://example.com/?a=b?c" };
console.log("expected GET&http%3A%2F%2Fexample.com%2F&a%3Db%253Fc%26oauth_nonce%3Dn");
console.log("received", oauth.getBaseString(request, { oauth_nonce: "n" }));
