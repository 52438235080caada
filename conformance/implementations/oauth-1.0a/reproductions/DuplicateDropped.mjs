// RFC 5849 §3.4.1.3.1: the parameters of the query and of the form are signed, also those of the same name.
import OAuth from "oauth-1.0a";

const oauth = new OAuth({ consumer: { key: "ck", secret: "cs" } });
const request = { method: "POST", url: "http://example.com/?a=1", data: { a: "2" } };
console.log("expected POST&http%3A%2F%2Fexample.com%2F&a%3D1%26a%3D2%26oauth_nonce%3Dn");
console.log("received", oauth.getBaseString(request, { oauth_nonce: "n" }));
