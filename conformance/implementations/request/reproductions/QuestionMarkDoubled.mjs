// RFC 5849 §3.5.3: the protocol parameters are added to the query. Look at the question marks.
import request from "request";

const oauth = { consumer_key: "ck", consumer_secret: "cs", transport_method: "query" };
const sent = request({ url: "http://example.com/?", oauth });
sent.abort();
console.log("expected", "/?oauth_consumer_key=ck");
console.log("received", sent.path.split("&")[0]);
