// RFC 5849 §3.5.2: the protocol parameters are sent in the body. Look at Content-Length.
import request from "request";

const oauth = { consumer_key: "ck", consumer_secret: "cs", transport_method: "body" };
const sent = request({ method: "POST", url: "http://example.com/", form: { a: "1" }, oauth });
sent.abort();
console.log("expected Content-Length", Buffer.byteLength(sent.body));
console.log("received Content-Length", sent.headers["content-length"]);
