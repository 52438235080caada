// RFC 9110 §9.1: a method is a token. RFC 5849 §3.4.1.1 does not oblige a signer to reject another.
import oauthSign from "oauth-sign";

console.log("expected an error");
console.log("received", oauthSign.generateBase("A B", "http://example.com/", { oauth_nonce: "n" }));
