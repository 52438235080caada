// RFC 5849 §3.5: a protocol parameter is sent in one place, here in the query.
import OAuth from "oauth-1.0a";

const oauth = new OAuth({ consumer: { key: "ck", secret: "cs" } });
const request = { method: "GET", url: "http://example.com/?oauth_session_handle=x" };
const header = oauth.toHeader(oauth.authorize(request)).Authorization;
const isThereToo = header.includes("oauth_session_handle=");
console.log("expected oauth_session_handle in the query");
console.log(
  `received oauth_session_handle in the query${isThereToo ? " and in the header field" : ""}`,
);
