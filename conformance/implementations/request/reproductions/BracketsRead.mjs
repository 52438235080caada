// RFC 5849 §3.4.1.3.1: the query is signed with the names that are sent, "a[]" and "a[]".
import { createHmac } from "node:crypto";
import request from "request";

const oauth = { consumer_key: "ck", consumer_secret: "cs", nonce: "n", timestamp: "1" };
const sent = request({ url: "http://example.com/?a[]=1&a[]=2", oauth });
sent.abort();
const signature = createHmac("sha1", "cs&")
  .update(
    "GET&http%3A%2F%2Fexample.com%2F&a%255B%255D%3D1%26a%255B%255D%3D2%26oauth_consumer_key%3Dck%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1%26oauth_version%3D1.0",
  )
  .digest("base64");
console.log(`expected oauth_signature="${encodeURIComponent(signature)}"`);
console.log("received", /oauth_signature=".*?"/.exec(sent.headers.Authorization)[0]);
