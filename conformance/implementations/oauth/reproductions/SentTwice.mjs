// RFC 5849 §3.5: a protocol parameter is sent in one place, here in the query.
import oauth from "oauth";

const client = new oauth.OAuth("", "", "ck", "cs", "1.0", null, "HMAC-SHA1");
const header = client.authHeader("http://example.com/?oauth_session_handle=x");
const isThereToo = header.includes("oauth_session_handle=");
console.log("expected oauth_session_handle in the query");
console.log(
  `received oauth_session_handle in the query${isThereToo ? " and in the header field" : ""}`,
);
