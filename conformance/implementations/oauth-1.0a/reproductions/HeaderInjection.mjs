// RFC 5849 §3.5.1 and RFC 2616 §2.2: a quotation mark inside a quoted-string is escaped.
import OAuth from "oauth-1.0a";

const oauth = new OAuth({ consumer: { key: "ck", secret: "cs" }, realm: 'a"b' });
console.log('expected OAuth realm="a\\"b", oauth_nonce="n"');
console.log("received", oauth.toHeader({ oauth_nonce: "n" }).Authorization);
