// RFC 5849 §3.4.1.3.2: parameters are sorted by their encoded names, as octets: "10" comes before "9".
import OAuth from "oauth-1.0a-1.0.1";

const oauth = new OAuth({ consumer: { public: "ck", secret: "cs" } });
const request = { method: "GET", url: "http://example.com/", data: { 10: "a", 9: "b" } };
console.log("expected 10=a&9=b");
console.log("received", oauth.getParameterString(request, {}));
