// RFC 5849 §3.4.1.2: the authority is that of the Host header field, which has no userinfo.
import { createHmac } from "node:crypto";
import { TwitterApi } from "twitter-api-v2";

const plugin = {
  onBeforeRequest({ computedParams: { headers } }) {
    const [nonce, time] = [/nonce="(.*?)"/, /stamp="(.*?)"/].map(
      (it) => it.exec(headers.Authorization)[1],
    );
    const baseString = `GET&https%3A%2F%2Fexample.com%2F&oauth_consumer_key%3Dck%26oauth_nonce%3D${nonce}%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D${time}%26oauth_version%3D1.0`;
    const signature = createHmac("sha1", "cs&").update(baseString).digest("base64");
    console.log(`expected oauth_signature="${encodeURIComponent(signature)}"`);
    console.log("received", /oauth_signature=".*?"/.exec(headers.Authorization)[0]);
    process.exit();
  },
};
const api = new TwitterApi({ appKey: "ck", appSecret: "cs" }, { plugins: [plugin] });
await api.get("https://user:pass@example.com/");
