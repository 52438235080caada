// RFC 5849 §3.4.1.3.2: every parameter is signed, whatever its name.
import OAuth from "oauth-1.0a";

const oauth = new OAuth({ consumer: { key: "ck", secret: "cs" } });
const request = {
  method: "POST",
  url: "http://example.com/",
  data: Object.fromEntries([["__proto__", "1"]]),
};
console.log("expected POST&http%3A%2F%2Fexample.com%2F&__proto__%3D1%26oauth_nonce%3Dn");
console.log("received", oauth.getBaseString(request, { oauth_nonce: "n" }));
