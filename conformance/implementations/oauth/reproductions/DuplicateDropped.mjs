// RFC 5849 §3.4.1.3.1: the parameters of the query and of the form are signed, also those of the same name.
import oauth from "oauth";

const client = new oauth.OAuth("", "", "ck", "cs", "1.0", null, "HMAC-SHA1");
// The base string is shown in the place of the signature.
Object.assign(client, {
  _getNonce: () => "n",
  _getTimestamp: () => 1,
  _createSignature: (text) => text,
});
const form = { a: "2" };
const signed = client._prepareParameters(null, null, "POST", "http://example.com/?a=1", form);
console.log(
  "expected POST&http%3A%2F%2Fexample.com%2F&a%3D1%26a%3D2%26oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1%26oauth_version%3D1.0",
);
console.log("received", signed.at(-1)[1]);
