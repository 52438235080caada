// RFC 5849 §3.4.1.1: a custom method is encoded by §3.6.
import OAuth from "oauth-1.0a";

const oauth = new OAuth({ consumer: { key: "ck", secret: "cs" } });
const request = { method: "X!Y", url: "http://example.com/" };
console.log("expected X%21Y&http%3A%2F%2Fexample.com%2F&oauth_nonce%3Dn");
console.log("received", oauth.getBaseString(request, { oauth_nonce: "n" }));
