// RFC 5849 §3.4.1.3.1 and HTML's forms: the value of a name without an equals sign is empty.
import OAuth from "oauth-1.0a-1.0.1";

const oauth = new OAuth({ consumer: { public: "ck", secret: "cs" } });
const request = { method: "GET", url: "http://example.com/?a", data: {} };
console.log("expected a=");
console.log("received", oauth.getParameterString(request, {}));
