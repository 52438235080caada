// RFC 5849 §3.5.1 and RFC 2617 §1.2: the realm is a quoted-string, which has no percent-encoding.
import axios from "axios";
import addOAuthInterceptor from "axios-oauth-1.0a";

const adapter = async (config) => ({ status: 200, data: "", headers: {}, config });
const http = axios.create({ adapter });
addOAuthInterceptor(http, { algorithm: "HMAC-SHA1", key: "ck", secret: "cs", realm: "My photos" });
const { config } = await http.get("http://example.com/");
console.log('expected realm="My photos"');
console.log("received", /realm=".*?"/.exec(config.headers.get("authorization"))[0]);
