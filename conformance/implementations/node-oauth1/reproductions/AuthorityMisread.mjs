// RFC 5849 §3.4.1.2: the host is signed in lower case, and the default port is excluded.
import OAuth from "node-oauth1";

console.log("expected http://[2001:db8::a]/");
console.log("received", OAuth.SignatureMethod.normalizeUrl("http://[2001:DB8::A]:80/"));
