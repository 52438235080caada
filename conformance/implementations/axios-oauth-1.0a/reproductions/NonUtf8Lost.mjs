// RFC 5849 §3.4.1.3.1 and §3.6: the octet %FF of the query is signed as it is sent.
import crypto from "node:crypto";
import axios from "axios";
import addOAuthInterceptor from "axios-oauth-1.0a";

crypto.randomBytes = () => Buffer.from("nonce");
Date.now = () => 137131201_000;
const adapter = async (config) => ({ status: 200, data: "", headers: {}, config });
const http = axios.create({ adapter });
addOAuthInterceptor(http, {
  algorithm: "HMAC-SHA1",
  key: "ck",
  secret: "cs",
  includeBodyHash: false,
});
const { config } = await http.get("http://example.com/?a=%ff");
const signature = crypto
  .createHmac("sha1", "cs&")
  .update(
    "GET&http%3A%2F%2Fexample.com%2F&a%3D%25FF%26oauth_consumer_key%3Dck%26oauth_nonce%3Dbm9uY2U%253D%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_version%3D1.0",
  )
  .digest("base64");
console.log(`expected oauth_signature="${encodeURIComponent(signature)}"`);
console.log("received", /oauth_signature=".*?"/.exec(config.headers.get("authorization"))[0]);
