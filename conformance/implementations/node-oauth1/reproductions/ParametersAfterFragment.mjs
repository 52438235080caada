// RFC 5849 §3.5.3: the parameters are added to the query, which ends at "#".
import OAuth from "node-oauth1";

console.log("expected http://example.com/?a=1&oauth_nonce=n#b");
console.log("received", OAuth.addToURL("http://example.com/?a=1#b", [["oauth_nonce", "n"]]));
