import type { Parameter } from "@oauth1/base-string";
import type { ProbeRequest } from "./probe.js";

/** A change of a right request, and what a server makes of it. */
export interface Probe {
  /** Unique and stable. */
  readonly id: string;
  readonly section: string;
  /** What is sent, in words. */
  readonly sends: string;
  /** `either`: the specification leaves it open, and the answer is information. */
  readonly must: "accept" | "reject" | "either";
  /** Changes the right request before it is signed. */
  readonly before?: (request: ProbeRequest) => void;
  /** Changes the request after it was signed. */
  readonly after?: (wire: { method: string; url: string; form: string | undefined }) => void;
  /** The status that RFC 5849 §3.2 recommends for the rejection. Default: 400 or 401. */
  readonly status?: 400 | 401;
  /** Whether the same request is sent a second time, whose answer counts. */
  readonly isReplay?: boolean;
  /** Whether it needs a form body. */
  readonly needsForm?: boolean;
  /** Whether it needs a token. */
  readonly needsToken?: boolean;
}

const DAY = 86_400;

/** All probes. Those that must be accepted come first, because a server that rejects everything proves nothing. */
export const probes: readonly Probe[] = [
  accept("right", "§3.2", "a request that is right in all"),
  accept("query-transmission", "§3.5.3", "protocol parameters in the query", (request) => {
    request.transmission = "query";
  }),
  {
    ...accept("form-transmission", "§3.5.2", "protocol parameters in the form body", (request) => {
      request.transmission = "form-body";
    }),
    needsForm: true,
  },
  accept(
    "query-spelling",
    "§3.4.1.3.1",
    "a query with escapes, an empty value, a name twice",
    (it) => addQuery(it, "a=%20b&c%40=&d=1&d=1&e"),
  ),
  accept("lower-case-escapes", "§3.4.1.3.1", "a query whose escapes are in lower case", (request) =>
    addQuery(request, "u=%c3%a9"),
  ),
  accept(
    "unreserved-escapes",
    "§3.4.1.3.2",
    "a query that escapes unreserved characters",
    (request) => addQuery(request, "%61=%7e%2d"),
  ),
  {
    ...accept("plus-in-query", "§3.4.1.3.1", "a query with a plus, signed as a space", (request) =>
      addQuery(request, "p=a+b"),
    ),
    must: "either",
  },
  accept("order", "§3.5.1", "the header's parameters in another order", (request) => {
    request.protocolParameters.reverse();
  }),
  accept("realm-first", "§3.5.1", "a realm before the other parameters", (request) => {
    request.rewrite = (header) => header.replace("OAuth ", 'OAuth realm="probe", ');
  }),
  accept("realm-last", "§3.5.1", "a realm after the other parameters", (request) => {
    request.rewrite = (header) => `${header}, realm="probe"`;
  }),
  accept("white-space", "§3.5.1", "no space after the commas, or more of it", (request) => {
    request.rewrite = (header) => header.replace(", ", ",").replace(", ", " ,\t ");
  }),
  accept("scheme-case", "§3.5.1", "the scheme in another case", (request) => {
    request.rewrite = (header) => header.replace("OAuth", "oauth");
  }),
  accept("no-version", "§3.1", "no oauth_version", without("oauth_version")),
  accept("strange-nonce", "§3.3", "a nonce with characters that are to be encoded", (request) => {
    change("oauth_nonce", (nonce) => `${nonce}+/=☃`)(request);
  }),

  reject("unsigned", "§3.2", "no protocol parameters", (request) => {
    request.rewrite = () => "OAuth";
  }),
  reject("replay", "§3.3", "a correct request, sent a second time", undefined, {
    isReplay: true,
    status: 401,
  }),
  reject("old-timestamp", "§3.3", "a timestamp from yesterday", shifted(-DAY)),
  reject("future-timestamp", "§3.3", "a timestamp from tomorrow", shifted(DAY)),
  reject(
    "milliseconds",
    "§3.3",
    "a timestamp in milliseconds",
    change("oauth_timestamp", (seconds) => `${seconds}000`),
  ),
  reject(
    "no-number",
    "§3.3",
    "a timestamp that is not a number",
    change("oauth_timestamp", () => "now"),
  ),
  ...["oauth_consumer_key", "oauth_signature_method", "oauth_timestamp", "oauth_nonce"].map(
    (name) => reject(`without-${name}`, "§3.1", `no ${name}`, without(name), { status: 400 }),
  ),
  reject(
    "without-oauth_signature",
    "§3.1",
    "no oauth_signature",
    (request) => {
      request.rewrite = (header) => header.replace(/, oauth_signature="[^"]*"/, "");
    },
    { status: 400 },
  ),
  reject("empty-signature", "§3.4", "an empty signature", (request) => {
    request.rewrite = (header) => header.replace(/(oauth_signature=")[^"]*/, "$1");
  }),
  reject(
    "signature-case",
    "§3.4.2",
    "the signature in lower case",
    (request) => {
      request.rewrite = (header) =>
        header.replace(/(oauth_signature=")([^"]*)/, (_, start, value) => start + flipped(value));
    },
    { status: 401 },
  ),
  reject(
    "client-secret",
    "§3.4.2",
    "another client shared-secret",
    (request) => {
      request.clientSharedSecret += "x";
    },
    { status: 401 },
  ),
  {
    ...reject(
      "token-secret",
      "§3.4.2",
      "another token shared-secret",
      (request) => {
        request.tokenSharedSecret += "x";
      },
      { status: 401 },
    ),
    needsToken: true,
  },
  reject(
    "unknown-client",
    "§3.2",
    "a client that nobody knows",
    change("oauth_consumer_key", (identifier) => `${identifier}x`),
    { status: 401 },
  ),
  {
    ...reject(
      "unknown-token",
      "§3.2",
      "a token that nobody knows",
      change("oauth_token", (identifier) => `${identifier}x`),
      { status: 401 },
    ),
    needsToken: true,
  },
  reject(
    "unknown-method",
    "§3.2",
    "a signature method that there is not",
    change("oauth_signature_method", () => "HMAC-MD5"),
    { status: 400 },
  ),
  reject(
    "version",
    "§3.2",
    "another version",
    change("oauth_version", () => "2.0"),
  ),
  reject(
    "duplicate",
    "§3.2",
    "a protocol parameter twice",
    (request) => {
      request.rewrite = (header) => `${header}, oauth_version="1.0"`;
    },
    { status: 400 },
  ),
  reject("two-places", "§3.5", "protocol parameters in the header and in the query", (request) =>
    addQuery(request, "oauth_nonce=other"),
  ),
  reject("tampered-method", "§3.4.1.1", "a method other than the signed one", undefined, {
    status: 401,
    after: (wire) => {
      wire.method = wire.method === "GET" ? "DELETE" : wire.method === "PUT" ? "POST" : "PUT";
    },
  }),
  reject("tampered-query", "§3.4.1.3.1", "a parameter that was not signed", undefined, {
    status: 401,
    after: (wire) => {
      wire.url += `${wire.url.includes("?") ? "&" : "?"}admin=1`;
    },
  }),
  reject(
    "query-removed",
    "§3.4.1.3.1",
    "without a parameter that was signed",
    (it) => addQuery(it, "limit=1"),
    {
      status: 401,
      after: (wire) => {
        wire.url = wire.url.replace(/[?&]limit=1/, "");
      },
    },
  ),
  reject("tampered-form", "§3.4.1.3.1", "a form other than the signed one", undefined, {
    needsForm: true,
    status: 401,
    after: (wire) => {
      wire.form = `${wire.form}&admin=1`;
    },
  }),
];

function accept(
  id: string,
  section: string,
  sends: string,
  before?: (request: ProbeRequest) => void,
): Probe {
  return { id, section, sends, must: "accept", ...(before ? { before } : {}) };
}

function reject(
  id: string,
  section: string,
  sends: string,
  before?: (request: ProbeRequest) => void,
  more: Pick<Probe, "after" | "isReplay" | "needsForm" | "status"> = {},
): Probe {
  return { id, section, sends, must: "reject", ...(before ? { before } : {}), ...more };
}

function addQuery(request: ProbeRequest, query: string): void {
  request.url += `${request.url.includes("?") ? "&" : "?"}${query}`;
}

function without(name: string): (request: ProbeRequest) => void {
  return (request) => {
    request.protocolParameters = request.protocolParameters.filter(([known]) => known !== name);
  };
}

function change(name: string, to: (value: string) => string): (request: ProbeRequest) => void {
  return (request) => {
    request.protocolParameters = request.protocolParameters.map(
      ([known, value]): Parameter => [known, known === name ? to(value) : value],
    );
  };
}

function shifted(seconds: number): (request: ProbeRequest) => void {
  return change("oauth_timestamp", (timestamp) => String(Number(timestamp) + seconds));
}

/** The same letters in the other case, the first one that has one: base64 has a case. */
function flipped(signature: string): string {
  return signature.replace(/(?<!%.?)[a-z]/i, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
