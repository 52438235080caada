// RFC 3986 §3.1: the scheme has no case. The request belongs to the host api.example.com.
import { TwitterApi } from "twitter-api-v2";

const plugin = {
  onBeforeRequest({ computedParams }) {
    console.log("expected host api.example.com");
    console.log("received host", computedParams.url.hostname);
    process.exit();
  },
};
const api = new TwitterApi({ appKey: "ck", appSecret: "cs" }, { plugins: [plugin] });
await api.get("HTTPS://api.example.com/");
