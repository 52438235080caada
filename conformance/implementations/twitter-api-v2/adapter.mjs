import { captured, sentUrl } from "../protocol/capture.mjs";
import { chosen, grouped, serve, support, versionOf } from "../protocol/protocol.mjs";

const library = chosen("twitter-api-v2");
const { TwitterApi } = await import(library);

serve(
  {
    name: "twitter-api-v2",
    version: versionOf(library),
    language: "JavaScript",
    signatureMethods: ["HMAC-SHA1"],
    transmissions: ["header"],
    ownNonce: true,
    ownTimestamp: true,
    ownVersion: true,
  },
  {
    async sign({ method, url, form, body, client, token, realm, callback, verifier }) {
      support(realm === null, "no realm");
      support(callback === null && verifier === null, "no protocol parameter can be added");
      support(client.sharedSecret !== "" && token?.sharedSecret !== "", "no empty secrets");
      const names = [
        ...new URLSearchParams(/\?([^#]*)/.exec(url)?.[1]).keys(),
        ...(form ?? []).map(([name]) => name),
      ];
      support(new Set(names).size === names.length, "query and form are one object");
      support(/^https:/i.test(url), "https only");
      const api = new TwitterApi({
        appKey: client.identifier,
        appSecret: client.sharedSecret,
        ...(token && { accessToken: token.identifier, accessSecret: token.sharedSecret }),
      });
      const name = method.toLowerCase();
      const mode = body === null ? "url" : "raw";
      const payload = body === null ? grouped(form ?? []) : Buffer.from(body, "base64");
      const send = {
        get: () => api.get(url),
        delete: () => api.delete(url),
        post: () => api.post(url, payload, { forceBodyMode: mode }),
        put: () => api.put(url, payload, { forceBodyMode: mode }),
        patch: () => api.patch(url, payload, { forceBodyMode: mode }),
      }[name];
      support(send !== undefined, "GET, DELETE, POST, PUT and PATCH only");
      const sent = await captured(send);
      return { authorization: sent.headers.authorization, url: sentUrl(sent, url) };
    },
  },
);
