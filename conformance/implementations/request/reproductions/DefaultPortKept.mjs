// RFC 5849 §3.4.1.2: the port is excluded where it is the default one of the scheme.
import { createHmac } from "node:crypto";
import request from "request";

const oauth = { consumer_key: "ck", consumer_secret: "cs", nonce: "n", timestamp: "1" };
const sent = request({ url: "http://example.com:80/", oauth });
sent.abort();
const signature = createHmac("sha1", "cs&")
  .update(
    "GET&http%3A%2F%2Fexample.com%2F&oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1%26oauth_version%3D1.0",
  )
  .digest("base64");
console.log(`expected oauth_signature="${encodeURIComponent(signature)}"`);
console.log("received", /oauth_signature=".*?"/.exec(sent.headers.Authorization)[0]);
