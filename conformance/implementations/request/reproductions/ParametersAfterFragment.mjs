// RFC 5849 §3.5.3: the parameters are added to the query, which ends at "#".
import request from "request";

const oauth = { consumer_key: "ck", consumer_secret: "cs", transport_method: "query" };
const sent = request({ url: "http://example.com/?a=1#b", oauth });
sent.abort();
console.log("expected a query with oauth_signature");
const isSent = sent.path.includes("oauth_signature=");
console.log(
  "received",
  isSent ? "a query with oauth_signature" : `the request target ${sent.path}`,
);
