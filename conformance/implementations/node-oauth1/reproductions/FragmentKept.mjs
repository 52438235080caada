// RFC 5849 §3.4.1.3.1: the query component is signed. A fragment is not part of it, and is not sent.
import OAuth from "node-oauth1";

const message = (action) => ({ method: "GET", action, parameters: [["oauth_nonce", "n"]] });
console.log("expected GET&http%3A%2F%2Fexample.com%2F&a%3D1%26oauth_nonce%3Dn");
console.log("received", OAuth.SignatureMethod.getBaseString(message("http://example.com/?a=1#b")));
