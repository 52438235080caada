// RFC 5849 §3.4.1.3.1: every parameter of the query is signed, also where a name comes twice.
import OAuth from "oauth-1.0a-1.0.1";

const oauth = new OAuth({ consumer: { public: "ck", secret: "cs" } });
const request = { method: "GET", url: "http://example.com/?a=1&a=2", data: {} };
console.log("expected a=1&a=2");
console.log("received", oauth.getParameterString(request, {}));
