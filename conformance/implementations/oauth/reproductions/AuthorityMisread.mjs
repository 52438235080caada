// RFC 5849 §3.4.1.2: the host is signed as in the Host header field, an IPv6 address in brackets.
import oauth from "oauth";

const client = new oauth.OAuth("", "", "ck", "cs", "1.0", null, "HMAC-SHA1");
// The base string is shown in the place of the signature.
Object.assign(client, {
  _getNonce: () => "n",
  _getTimestamp: () => 1,
  _createSignature: (text) => text,
});
const signed = new URL(client.signUrl("http://[::1]/"));
console.log(
  "expected GET&http%3A%2F%2F%5B%3A%3A1%5D%2F&oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1%26oauth_version%3D1.0",
);
console.log("received", signed.searchParams.get("oauth_signature"));
