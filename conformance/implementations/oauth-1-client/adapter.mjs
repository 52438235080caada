import Client from "oauth-1-client";
import { captured, sentUrl } from "../protocol/capture.mjs";
import { given, grouped, serve, support, versionOf } from "../protocol/protocol.mjs";

/** Matches the URLs that the client supports, because it takes a host name and a path. */
const url =
  /^https:\/\/(?<host>[a-z0-9.-]+)(?::443)?(?<path>\/[^?#]*)(?:\?(?<query>[^#]*))?(?:#|$)/i;

serve(
  {
    name: "oauth-1-client",
    version: versionOf("oauth-1-client"),
    language: "JavaScript",
    signatureMethods: ["HMAC-SHA1"],
    transmissions: ["header"],
    ownNonce: true,
    ownTimestamp: true,
    ownVersion: true,
  },
  {
    async sign(input) {
      const { method, form, client, token, realm, callback, verifier } = input;
      support(realm === null, "no realm");
      support(
        client.identifier !== "" && client.sharedSecret !== "",
        "client credentials are asked for",
      );
      support(callback !== "" && verifier !== "", "an empty callback or verifier means none");
      const parts = url.exec(input.url)?.groups;
      support(parts !== undefined, "https, a host name and a path only");
      const query = [...new URLSearchParams(parts.query)];
      support(new Set(query.map(([name]) => name)).size === query.length, "a query is an object");
      support(!given([...query, ...(form ?? [])], "__proto__"), "query and form are objects");
      const api = new Client({
        key: client.identifier,
        secret: client.sharedSecret,
        callbackURL: callback ?? undefined,
        requestUrl: input.url,
        accessUrl: input.url,
        apiHostName: parts.host,
      });
      const sent = await captured(() => {
        if (callback !== null || verifier !== null) {
          support(method === "POST" && form === null, "credentials are asked for by POST");
          support(
            (callback === null) === (token !== null),
            "credentials are asked for in two steps",
          );
          support(callback === null || verifier === null, "no callback beside a verifier");
          return callback === null
            ? api.accessToken(token.identifier, token.sharedSecret, verifier)
            : api.requestToken();
        }
        support(token !== null && token.sharedSecret !== "", "token credentials are asked for");
        const signed = api.auth(token.identifier, token.sharedSecret);
        if (method === "GET") return signed.get(parts.path, grouped(query));
        support(parts.query === undefined, "a query with GET only");
        if (method === "DELETE") return signed.delete(parts.path);
        support(method === "POST" || method === "PUT", "GET, PUT, POST and DELETE only");
        return signed[method.toLowerCase()](parts.path, grouped(form ?? []));
      });
      return { authorization: sent.headers.authorization, url: sentUrl(sent, input.url) };
    },
  },
);
