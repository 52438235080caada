// RFC 5849 §3.5.1 and RFC 2617 §1.2: the realm is a quoted-string, which has no percent-encoding.
import request from "request";

const oauth = { consumer_key: "ck", consumer_secret: "cs", realm: "My photos" };
const sent = request({ url: "http://example.com/", oauth });
sent.abort();
console.log('expected realm="My photos"');
console.log("received", /realm=".*?"/.exec(sent.headers.Authorization)[0]);
