// RFC 5849 §3.5.1: the realm belongs to the header field. In the query it is a parameter that is not signed.
import request from "request";

const oauth = { consumer_key: "ck", consumer_secret: "cs", realm: "r", transport_method: "query" };
const sent = request({ url: "http://example.com/", oauth });
sent.abort();
const isSent = new URLSearchParams(sent.uri.query).has("realm");
console.log("expected a query without realm");
console.log("received a query", isSent ? "with realm" : "without realm");
