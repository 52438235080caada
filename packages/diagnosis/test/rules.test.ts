// Each rule with its section, and each text, whole: of findings, of summaries and of wrong arguments.
import { createHmac } from "node:crypto";
import {
  DiagnosisError,
  type DiagnosisOptions,
  diagnose,
  diagnoseSignature,
  type ReceivedRequest,
} from "@oauth1/diagnosis";
import { afterEach, describe, expect, it, vi } from "vitest";

// RFC 5849 §1.2.
const NOW = 137131202;
const secrets = {
  clientSharedSecret: "kd94hf93k423kf44",
  tokenSharedSecret: "pfkkdhi9sl3r4s00",
};
const Authorization =
  'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", ' +
  'oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", ' +
  'oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"';
const url = "http://photos.example.net/photos?file=vacation.jpg&size=original";
const photo = { method: "GET", url, headers: { Authorization } };
const form = { "Content-Type": "application/x-www-form-urlencoded" };

/** The request with another header. */
function withHeader(change: (header: string) => string) {
  return { ...photo, headers: { Authorization: change(Authorization) } };
}

/** The request with another value of a protocol parameter. */
function withValue(name: string, value: string) {
  return withHeader((header) =>
    header.replace(new RegExp(`${name}="[^"]*"`), `${name}="${value}"`),
  );
}

const inQuery = (query: string) => ({ method: "GET", url: `http://a.example/?${query}` });

function findingsOf(request: ReceivedRequest, options: DiagnosisOptions = {}) {
  return diagnose(request, secrets, { now: NOW, effort: 0, ...options }).findings;
}

describe("a finding", () => {
  it("has the section and the sentence of its rule", () => {
    const bodyHash = createHmac("sha1", "").digest("base64");
    const request = withHeader(
      (header) =>
        `${header}, oauth_version="1.0", oauth_body_hash="${encodeURIComponent(bodyHash)}"`,
    );
    const findings = [
      ...findingsOf({ ...request, headers: { ...request.headers, "Content-Type": "a/b" } }),
      ...findingsOf({ ...photo, headers: form }).filter(({ rule }) => rule === "form"),
      ...findingsOf(withValue("oauth_signature_method", "PLAINTEXT")).filter(
        ({ rule }) => rule === "secrecy",
      ),
      ...findingsOf(withValue("oauth_signature", "")).filter(
        ({ rule }) => rule === "signature-encoding",
      ),
    ];
    const rows = findings.map(({ rule, section, sentence, problem }) => [
      rule,
      section,
      sentence,
      problem,
    ]);
    expect(rows).toEqual([
      [
        "url",
        "§3.4.1.2",
        'An "http" or "https" URI represents the request resource.',
        "request_rejected",
      ],
      ["content-type", "RFC 9110 §8.3", "Content-Type is one media type.", "request_rejected"],
      [
        "authorization-header",
        "§3.5.1",
        'Parameters are in the form name="value", separated by commas.',
        "parameter_rejected",
      ],
      [
        "encoding",
        "§3.6",
        "Text is encoded as UTF-8, and its octets are escaped as %XX.",
        "parameter_rejected",
      ],
      [
        "transmission",
        "§3.5",
        "Clients send the protocol parameters by one of three methods.",
        "parameter_rejected",
      ],
      [
        "once",
        "§3.1",
        "Each parameter MUST NOT appear more than once per request.",
        "parameter_rejected",
      ],
      [
        "required-parameters",
        "§3.1",
        "The client assigns a value to each required parameter.",
        "parameter_absent",
      ],
      ["version", "§3.1", 'If present, oauth_version MUST be set to "1.0".', "version_rejected"],
      [
        "signature-method",
        "§3.4",
        "The client declares which signature method it uses.",
        "signature_method_rejected",
      ],
      [
        "body-hash-place",
        "Request Body Hash §4.1",
        "oauth_body_hash is sent neither with a form nor with a method that has no hash function.",
        "parameter_rejected",
      ],
      [
        "timestamp",
        "§3.3",
        "The timestamp is the number of seconds since 1970, a positive integer.",
        "timestamp_refused",
      ],
      [
        "nonce",
        "§3.3",
        "The nonce is a random string, unique for its timestamp, client and token.",
        "parameter_rejected",
      ],
      ["method", "RFC 9110 §9.1", "The request method is a token.", "request_rejected"],
      [
        "signature",
        "§3.2",
        "The server recalculates the signature and compares it with the one received.",
        "signature_invalid",
      ],
      [
        "body-hash",
        "Request Body Hash §3.2",
        "oauth_body_hash is the base64 of the hash of the body.",
        "signature_invalid",
      ],
      ["form", "§3.4.1.3.1", "The parameters of a form body are signed.", "request_rejected"],
      [
        "secrecy",
        "§3.4.4",
        "A method that reveals the secrets MUST be used with a mechanism such as TLS.",
        "signature_method_rejected",
      ],
      [
        "signature-encoding",
        "§3.6",
        "The value of oauth_signature is encoded once when it is sent.",
        "signature_invalid",
      ],
    ]);
  });

  it("says so if the request follows the rule", () => {
    for (const { holds, text } of findingsOf(photo)) {
      expect([holds, text]).toEqual([true, "The request follows this rule."]);
    }
  });

  const long = "x".repeat(64);
  it.each<[rule: string, text: string, request: ReceivedRequest, options?: DiagnosisOptions]>([
    [
      "content-type",
      "The request has more than one Content-Type header.",
      {
        ...photo,
        headers: [
          ["Content-Type", "a/b"],
          ["content-type", "a/b"],
        ],
      },
    ],
    [
      "content-type",
      "Content-Type must be one well-formed media type.",
      { ...photo, headers: { "Content-Type": "form" } },
    ],
    [
      "form",
      "A form must be sent without Content-Encoding.",
      { ...photo, headers: { ...form, "Content-Encoding": "gzip" } },
    ],
    [
      "form",
      "A form with characters outside ASCII must be sent as UTF-8.",
      {
        ...photo,
        headers: { "Content-Type": `${form["Content-Type"]}; charset=iso-8859-1` },
        body: "a=%e9",
      },
    ],
    [
      "form",
      "A form must not begin with a byte order mark.",
      { ...photo, headers: form, body: "\ufeffa" },
    ],
    [
      "authorization-header",
      "The request has more than one Authorization header.",
      { ...photo, headers: { Authorization: [Authorization, Authorization] } },
    ],
    ["encoding", "A protocol parameter is not UTF-8.", inQuery("oauth_token=%ff")],
    [
      "transmission",
      "Protocol parameters are in more than one place: Authorization header and query.",
      { ...photo, url: `${url}&oauth_version=1.0` },
    ],
    [
      "transmission",
      "Protocol parameters are in more than one place: query and form body.",
      { ...inQuery("oauth_version=1.0"), headers: form, body: "oauth_nonce=a" },
    ],
    ["transmission", "No protocol parameter can be read.", withHeader(() => "OAuth a")],
    [
      "once",
      "The request has oauth_version more than once.",
      inQuery("oauth_version=1.0&oauth_version=1.0"),
    ],
    [
      "once",
      `The request has oauth_a, "oauth_ ", "oauth_${"x".repeat(58)}…" more than once.`,
      inQuery(["oauth_a", "oauth_%20", `oauth_${long}`].flatMap((name) => [name, name]).join("&")),
    ],
    [
      "once",
      `The request has ${[..."abcdefgh"].map((letter) => `oauth_${letter}`).join(", ")} more than once.`,
      inQuery(
        [..."abcdefghi"].flatMap((letter) => [`oauth_${letter}`, `oauth_${letter}`]).join("&"),
      ),
    ],
    [
      "required-parameters",
      "The request is not signed: it has no protocol parameters.",
      inQuery("a"),
    ],
    [
      "required-parameters",
      "The body looks like a signed form, and Content-Type is not application/x-www-form-urlencoded.",
      { ...inQuery("a"), body: "oauth_signature=a" },
    ],
    [
      "required-parameters",
      "The request has no oauth_consumer_key, oauth_signature_method, oauth_signature, oauth_timestamp, oauth_nonce.",
      inQuery("oauth_version=1.0"),
    ],
    [
      "required-parameters",
      "The request has no oauth_consumer_key, oauth_signature, oauth_timestamp, oauth_nonce.",
      inQuery("oauth_signature_method=HMAC-SHA1"),
    ],
    [
      "required-parameters",
      "The request has no oauth_consumer_key, oauth_signature.",
      inQuery("oauth_signature_method=PLAINTEXT"),
    ],
    [
      "required-parameters",
      "The request has no oauth_consumer_key, oauth_signature.",
      inQuery("oauth_signature_method=HMAC-MD5"),
    ],
    [
      "version",
      'oauth_version must be 1.0, and is "1.0a".',
      withHeader((header) => `${header}, oauth_version="1.0a"`),
    ],
    [
      "version",
      `oauth_version must be 1.0, and is "${long}".`,
      withHeader((header) => `${header}, oauth_version="${long}"`),
    ],
    [
      "version",
      `oauth_version must be 1.0, and is "${long}…".`,
      withHeader((header) => `${header}, oauth_version="${long}y"`),
    ],
    [
      "signature-method",
      'The signature method "a" must be one of HMAC-SHA1, HMAC-SHA256 (names are case-sensitive).',
      withValue("oauth_signature_method", "a"),
      { signatureMethods: ["HMAC-SHA1", "HMAC-SHA256"] },
    ],
    [
      "secrecy",
      "The request reveals the secrets over http: use https, or HMAC.",
      withValue("oauth_signature_method", "PLAINTEXT"),
    ],
    [
      "body-hash-place",
      "oauth_body_hash must not be sent with a form.",
      {
        ...withHeader((header) => `${header}, oauth_body_hash="a"`),
        headers: { Authorization: `${Authorization}, oauth_body_hash="a"`, ...form },
      },
    ],
    [
      "body-hash-place",
      "oauth_body_hash must not be sent with PLAINTEXT.",
      withHeader((header) => `${header.replace("HMAC-SHA1", "PLAINTEXT")}, oauth_body_hash="a"`),
    ],
    [
      "body-hash",
      "oauth_body_hash is not that of the body.",
      withHeader((header) => `${header}, oauth_body_hash="a"`),
    ],
    [
      "timestamp",
      'oauth_timestamp must be a positive integer, and is "01".',
      withValue("oauth_timestamp", "01"),
    ],
    [
      "timestamp",
      'oauth_timestamp must be a positive integer, and is "1a".',
      withValue("oauth_timestamp", "1a"),
    ],
    [
      "timestamp",
      "oauth_timestamp is in milliseconds: it must be in seconds.",
      withValue("oauth_timestamp", "100000000000"),
    ],
    [
      "timestamp",
      "oauth_timestamp has too many digits: it must be in seconds.",
      withValue("oauth_timestamp", "100000000000000"),
    ],
    [
      "timestamp",
      "oauth_timestamp is 10 minutes before the clock, and servers allow 5 minutes.",
      photo,
      { now: NOW + 600, timestampTolerance: 300 },
    ],
    // In seconds, because both are 5 minutes.
    [
      "timestamp",
      "oauth_timestamp is 310 seconds before the clock, and servers allow 300 seconds.",
      photo,
      { now: NOW + 310, timestampTolerance: 300 },
    ],
    [
      "timestamp",
      "oauth_timestamp is 2 seconds after the clock, and servers allow 1 second.",
      photo,
      { now: NOW - 2, timestampTolerance: 1 },
    ],
    [
      "timestamp",
      "oauth_timestamp is 2 minutes before the clock, and servers allow 0 seconds.",
      photo,
      { now: NOW + 120, timestampTolerance: 0 },
    ],
    ...[
      [61, "61 seconds"],
      [60, "1 minute"],
      [119, "119 seconds"],
      [120, "2 minutes"],
      [150, "3 minutes"],
      [3600, "1 hour"],
      [3601, "60 minutes"],
      [7200, "2 hours"],
      [86_400, "1 day"],
      [172_800, "2 days"],
      [31_557_600, "1 year"],
      [63_115_200, "2 years"],
    ].flatMap(([seconds, words]): [string, string, ReceivedRequest, DiagnosisOptions][] => [
      [
        "timestamp",
        `oauth_timestamp is ${words} before the clock, and servers allow 1 second.`,
        photo,
        { now: NOW + Number(seconds), timestampTolerance: 1 },
      ],
      [
        "timestamp",
        `oauth_timestamp is ${words} after the clock, and servers allow 1 second.`,
        photo,
        { now: NOW - Number(seconds), timestampTolerance: 1 },
      ],
    ]),
    ["nonce", "oauth_nonce must not be empty.", withValue("oauth_nonce", "")],
    [
      "nonce",
      "oauth_nonce has more characters than servers accept (256).",
      withValue("oauth_nonce", "a".repeat(257)),
    ],
    ["method", "The request method is malformed.", { ...photo, method: "GE T" }],
    ["signature-encoding", "The signature is empty.", withValue("oauth_signature", "")],
    [
      "signature-encoding",
      'The signature has a space: its "+" was sent without encoding.',
      withValue("oauth_signature", "a%20b"),
    ],
    [
      "signature-encoding",
      "The signature is still encoded after decoding: it was encoded twice.",
      withValue("oauth_signature", "a%252B"),
    ],
    [
      "signature",
      "The signature is not checked: the signature method is not known.",
      withValue("oauth_signature_method", "a"),
    ],
    [
      "signature",
      "The signature is not checked: the request has no base string.",
      { ...photo, url: "ftp://a.example/" },
    ],
    [
      "signature",
      "The signature is not the base64 of a digest of SHA-1.",
      withValue("oauth_signature", "a"),
    ],
    ["signature", "The signature is not that of the request.", { ...photo, method: "PUT" }],
    [
      "url",
      "The URL is malformed: no http or https scheme at index 0; pass an absolute URL.",
      { ...photo, url: "ftp://a.example/" },
    ],
    [
      "encoding",
      "The query is malformed: malformed escape at index 18; write % itself as %25.",
      inQuery("%"),
    ],
    [
      "encoding",
      "The form body is malformed: malformed escape at index 0; write % itself as %25.",
      { ...photo, headers: form, body: "%" },
    ],
    [
      "once",
      `The request has oauth_${"x".repeat(58)} more than once.`,
      inQuery(`oauth_${"x".repeat(58)}&oauth_${"x".repeat(58)}`),
    ],
    [
      "once",
      `The request has "oauth_${"x".repeat(58)}…" more than once.`,
      inQuery(`oauth_${"x".repeat(59)}&oauth_${"x".repeat(59)}`),
    ],
    [
      "required-parameters",
      "The request is not signed: it has no protocol parameters.",
      { ...inQuery("a"), body: "a_oauth_signature=b" },
    ],
    [
      "required-parameters",
      "The body looks like a signed form, and Content-Type is not application/x-www-form-urlencoded.",
      { ...inQuery("a"), body: "a&oauth_signature=a" },
    ],
    [
      "required-parameters",
      "The request has no oauth_consumer_key, oauth_signature.",
      inQuery("oauth_signature_method=HMAC-SHA1"),
      { signatureMethods: ["PLAINTEXT"] },
    ],
    [
      "signature-method",
      'The signature method "a" must be one of a (names are case-sensitive).',
      withValue("oauth_signature_method", "a"),
      { signatureMethods: ["a"] },
    ],
    [
      "signature-method",
      'The signature method "PLAINTEXT" must be one of HMAC-SHA1 (names are case-sensitive).',
      withValue("oauth_signature_method", "PLAINTEXT"),
      { signatureMethods: ["HMAC-SHA1"] },
    ],
    [
      "secrecy",
      "The request reveals the secrets over http: use https, or HMAC.",
      { ...withValue("oauth_signature_method", "PLAINTEXT"), url: "http://a.example/https:" },
    ],
    ...[
      "xutf-8",
      "utf-8x",
      "utf--8",
      "xiso-8859-1",
      "iso-8859-1x",
      "iso-8859-123",
      "iso-8859-",
      "iso-8859-a",
      "windows-125",
      "windows-1252x",
      "windows-125a",
      "utf-16",
    ].map((charset): [string, string, ReceivedRequest] => [
      "form",
      "A form with characters outside ASCII must be sent as UTF-8.",
      {
        ...photo,
        headers: { "Content-Type": `${form["Content-Type"]}; charset=${charset}` },
        body: "a",
      },
    ]),
    ...["%80", "%9f", "%E9", "%ff"].map((escaped): [string, string, ReceivedRequest] => [
      "form",
      "A form with characters outside ASCII must be sent as UTF-8.",
      {
        ...photo,
        headers: { "Content-Type": `${form["Content-Type"]}; charset=iso-8859-1` },
        body: escaped,
      },
    ]),
    ...["identityx", "xidentity", "gzip, identity"].map(
      (coding): [string, string, ReceivedRequest] => [
        "form",
        "A form must be sent without Content-Encoding.",
        { ...photo, headers: { ...form, "Content-Encoding": coding } },
      ],
    ),
    [
      "timestamp",
      "oauth_timestamp is in milliseconds: it must be in seconds.",
      withValue("oauth_timestamp", "99999999999999"),
    ],
    [
      "timestamp",
      "oauth_timestamp has too many digits: it must be in seconds.",
      withValue("oauth_timestamp", "1000000000000000"),
      { now: 1e15 },
    ],
    [
      "timestamp",
      'oauth_timestamp must be a positive integer, and is "a1".',
      withValue("oauth_timestamp", "a1"),
    ],
  ])("of the rule %s says: %s", (rule, text, request, options) => {
    const finding = findingsOf(request, options).find((one) => one.rule === rule);
    expect([finding?.holds, finding?.text]).toEqual([false, text]);
  });

  it.each<[rule: string, request: ReceivedRequest, options?: DiagnosisOptions]>([
    ["content-type", { ...photo, headers: { Authorization, "Content-Type": "" } }],
    ...["", "identity", "IDENTITY"].map((coding): [string, ReceivedRequest] => [
      "form",
      { ...photo, headers: { ...form, "Content-Encoding": coding } },
    ]),
    ...["utf-8", "UTF8", "us-ascii"].map((charset): [string, ReceivedRequest] => [
      "form",
      {
        ...photo,
        headers: { "Content-Type": `${form["Content-Type"]}; charset=${charset}` },
        body: "a=%C3%A9",
      },
    ]),
    ...["iso-8859-1", "ISO-8859-15", "windows-1252"].map((charset): [string, ReceivedRequest] => [
      "form",
      {
        ...photo,
        headers: { "Content-Type": `${form["Content-Type"]}; charset=${charset}` },
        body: "a=%41",
      },
    ]),
    ["form", { ...photo, headers: form, body: Uint8Array.of(0xef, 0xbb, 0x61) }],
    ["form", { ...photo, headers: form, body: Uint8Array.of(0xef, 0x61, 0xbf) }],
    ["form", { ...photo, headers: form, body: Uint8Array.of(0x61, 0xbb, 0xbf) }],
    ["timestamp", withValue("oauth_timestamp", "100000000000000"), { now: 1e14 }],
    [
      "transmission",
      { ...inQuery("oauth_version=1.0"), headers: { Authorization: 'OAuth a="b"' } },
    ],
    [
      "body-hash-place",
      withHeader((header) => `${header.replace("HMAC-SHA1", "a")}, oauth_body_hash="b"`),
    ],
    ["nonce", withValue("oauth_nonce", "a".repeat(256))],
    ["timestamp", photo, { now: NOW + 300 }],
    ["timestamp", photo, { now: NOW - 300 }],
    ["timestamp", withValue("oauth_timestamp", "99999999999"), { now: null }],
    [
      "secrecy",
      { ...withValue("oauth_signature_method", "PLAINTEXT"), url: url.replace("http:", "HTTPS:") },
    ],
    [
      "required-parameters",
      { ...inQuery("oauth_consumer_key=a&oauth_signature_method=PLAINTEXT&oauth_signature=a") },
    ],
  ])("of the rule %s is that the request follows it (%#)", (rule, request, options) => {
    const finding = findingsOf(request, options).find((one) => one.rule === rule);
    expect(finding?.holds).toBe(true);
  });

  it.each<[absent: string[], request: ReceivedRequest]>([
    [
      [
        "content-type",
        "form",
        "version",
        "secrecy",
        "body-hash-place",
        "signature-encoding",
        "body-hash",
      ],
      photo,
    ],
    [
      [
        "authorization-header",
        "transmission",
        "once",
        "version",
        "signature-method",
        "timestamp",
        "nonce",
      ],
      inQuery("a"),
    ],
    [["required-parameters"], withHeader(() => "OAuth a")],
  ])("is absent if the rule does not apply: %j", (absent, request) => {
    const names = findingsOf(request).map(({ rule }) => String(rule));
    expect(names.filter((name) => absent.includes(name))).toEqual([]);
  });
});

describe("a request is read", () => {
  const namesOf = (request: ReceivedRequest) =>
    diagnose(request, {}, { now: NOW, effort: 0 }).protocolParameters.map(([name]) => name);
  const inForm = { ...inQuery("a"), body: "oauth_nonce=b" };

  it.each<[what: string, headers: ReceivedRequest["headers"], names: string[]]>([
    ["an object", { authorization: 'OAuth oauth_nonce="a"' }, ["oauth_nonce"]],
    ["an object of lists", { AUTHORIZATION: ['OAuth oauth_nonce="a"'] }, ["oauth_nonce"]],
    ["an object without a value", { Authorization: undefined }, []],
    ["pairs", [["Authorization", 'OAuth oauth_nonce="a"']], ["oauth_nonce"]],
    ["a Map", new Map([["Authorization", 'OAuth oauth_nonce="a"']]), ["oauth_nonce"]],
    ["nothing", undefined, []],
    [
      "white space before the scheme",
      { Authorization: ' \toAUTH\toauth_nonce="a"' },
      ["oauth_nonce"],
    ],
    ["another scheme", { Authorization: 'OAuth2 oauth_nonce="a"' }, []],
    ["another scheme with that of OAuth", { Authorization: 'Basic OAuth oauth_nonce="a"' }, []],
  ])("with headers as %s", (_, headers, names) => {
    expect(namesOf({ ...inQuery("a"), headers })).toEqual(names);
  });

  it.each<[type: string, isForm: boolean]>([
    ["application/x-www-form-urlencoded", true],
    ["Application/X-WWW-Form-Urlencoded ; charset=UTF-8", true],
    // It is malformed, and frameworks parse it as a form.
    ["application/x-www-form-urlencoded; charset", true],
    ["application/x-www-form-urlencoded2", false],
    ["text/plain; a=application/x-www-form-urlencoded", false],
    ["", false],
  ])("with the body as a form or not: %j", (type, isForm) => {
    const request = { ...inForm, headers: { "Content-Type": type } };
    expect(namesOf(request)).toEqual(isForm ? ["oauth_nonce"] : []);
    const octets = { ...request, body: new TextEncoder().encode(inForm.body) };
    expect(namesOf(octets)).toEqual(isForm ? ["oauth_nonce"] : []);
  });

  it("without protocol parameters that are not UTF-8, by name or by value", () => {
    for (const query of ["oauth_a=%ff&oauth_b=c", "oauth_%ff=a&oauth_b=c"]) {
      expect(namesOf(inQuery(query))).toEqual(["oauth_b"]);
      expect(diagnose(inQuery(query), {}).baseString).toBeUndefined();
    }
  });

  it("with the first value of a parameter that it has twice", () => {
    const request = inQuery("oauth_version=1.0&oauth_version=2.0");
    const versions = findingsOf(request).filter(({ rule }) => rule === "version");
    expect(versions.map(({ holds }) => holds)).toEqual([true]);
  });

  // RFC 5849 §3.4.1.1.
  it("to the base string of all its parameters, without the signature and the realm", () => {
    const request = {
      method: "post",
      url: "HTTP://A.example:80/b?c=d%20e&oauth_x=1&oauth_signature=y",
      headers: { ...form, Authorization: 'OAuth realm="z", oauth_nonce="f", oauth_signature="g"' },
      body: "h+i=j",
    };
    const { baseString } = diagnose(request, {}, { effort: 0 });
    expect(baseString).toBe(
      "POST&http%3A%2F%2Fa.example%2Fb&c%3Dd%2520e%26h%2520i%3Dj%26oauth_nonce%3Df%26oauth_x%3D1",
    );
  });

  it.each<[what: string, request: ReceivedRequest]>([
    ["a malformed URL", { method: "GET", url: "/a" }],
    ["a malformed method", { method: "G T", url: "http://a.example/" }],
    ["a malformed header", { ...photo, headers: { Authorization: "OAuth a" } }],
    ["a malformed query", inQuery("%")],
    ["a malformed form", { ...inQuery("a"), headers: form, body: "%" }],
  ])("to no base string with %s", (_, request) => {
    expect(diagnose(request, secrets, { effort: 0 }).baseString).toBeUndefined();
  });
});

describe("the signature", () => {
  // RFC 5849 §1.2, over https: the key is the signature.
  const plain = {
    ...withHeader((header) =>
      header
        .replace("HMAC-SHA1", "PLAINTEXT")
        .replace(/Mdp[^"]*/, "kd94hf93k423kf44%26pfkkdhi9sl3r4s00"),
    ),
    url: url.replace("http:", "https:"),
  };
  const brokenBy = (request: ReceivedRequest) =>
    findingsOf(request)
      .filter(({ holds }) => !holds)
      .map(({ rule }) => rule);

  it("is checked for a method in lower case, which is broken itself", () => {
    expect(brokenBy(plain)).toEqual([]);
    const Authorization = plain.headers.Authorization.replace("PLAINTEXT", "plaintext");
    expect(brokenBy({ ...plain, headers: { Authorization } })).toEqual(["signature-method"]);
  });

  it("of PLAINTEXT can have an escape, because a secret can", () => {
    const request = (signature: string): ReceivedRequest => ({
      ...plain,
      headers: { Authorization: plain.headers.Authorization.replace(/kd94[^"]*/, signature) },
    });
    expect(brokenBy(request("a%252Bb"))).toEqual(["signature"]);
    expect(brokenBy(request("a%20b"))).toEqual(["signature-encoding", "signature"]);
  });

  it("is not reported as encoded wrongly if it is right", () => {
    const special = { clientSharedSecret: "a b", tokenSharedSecret: "c" };
    const Authorization = plain.headers.Authorization.replace(/kd94[^"]*/, "a%2520b%26c");
    const request = { ...plain, headers: { Authorization } };
    const { findings } = diagnose(request, special, { now: NOW, effort: 0 });
    expect(findings.every(({ holds }) => holds)).toBe(true);
  });

  it("is not checked without a signature", () => {
    const unsigned = withHeader((header) => header.replace(/, oauth_signature="[^"]*"/, ""));
    expect(brokenBy(unsigned)).toEqual(["required-parameters"]);
    expect(findingsOf(unsigned).map(({ rule }) => rule)).not.toContain("signature");
  });

  it("is followed by the hash of the body, by that of the method", () => {
    // Base64 of the SHA-1 and the SHA-256 of "a", by OpenSSL.
    const hashes = {
      "HMAC-SHA1": "hvfkN%2Fqlp%2FzhXR3cuerq6jd2Z7g%3D",
      "RSA-SHA256": "ypeBEsobvcr6wjGzmiPcTaeG7%2FgUfE5yuYB3ha%2FuSLs%3D",
    };
    for (const [method, hash] of Object.entries(hashes)) {
      const header = `${Authorization.replace("HMAC-SHA1", method)}, oauth_body_hash="${hash}"`;
      const request = { ...photo, headers: { Authorization: header }, body: "a" };
      expect(brokenBy(request)).toEqual(["signature"]);
      expect(brokenBy({ ...request, body: "b" })).toEqual(["signature", "body-hash"]);
    }
    const withForm = { Authorization: `${Authorization}, oauth_body_hash="a"`, ...form };
    expect(brokenBy({ ...photo, headers: withForm })).toEqual(["body-hash-place", "signature"]);
  });
});

describe("the clock", () => {
  afterEach(() => vi.useRealTimers());

  it("is that of the system, with a tolerance of five minutes", () => {
    vi.useFakeTimers();
    for (const [milliseconds, holds] of [
      [(NOW + 301) * 1000 - 1, true],
      [(NOW + 301) * 1000, false],
      [(NOW - 300) * 1000, true],
      [(NOW - 300) * 1000 - 1, false],
    ] as const) {
      vi.setSystemTime(milliseconds);
      expect(diagnose(photo, secrets, { effort: 0 }).valid).toBe(holds);
    }
  });
});

describe("the summary", () => {
  const BOUND =
    "No known mistake explains it among those that could be tried: the search ended at its bound.";
  const LATE =
    "oauth_timestamp is 10 minutes before the clock, and servers allow 5 minutes (§3.3).";
  const METHOD =
    'The signature method "a" must be one of HMAC-SHA1, PLAINTEXT (names are case-sensitive) (§3.4).';

  it.each<[summary: string, request: ReceivedRequest, options?: DiagnosisOptions]>([
    ["The request is valid.", photo],
    [
      "The request is not signed: it has no protocol parameters (§3.1).",
      { method: "GET", url: "http://a.example/" },
    ],
    [
      'The Authorization header is malformed: syntax error at index 7; write name="value" and commas between (§3.5.1). No protocol parameter can be read (§3.5).',
      withHeader(() => "OAuth a"),
    ],
    [`The signature is right. ${LATE}`, photo, { now: NOW + 600 }],
    [
      `The signature is not that of the request. ${BOUND} ${LATE}`,
      withValue("oauth_signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D"),
      { now: NOW + 600, effort: 0 },
    ],
    [
      METHOD,
      withValue("oauth_signature_method", "a"),
      { signatureMethods: ["HMAC-SHA1", "PLAINTEXT"] },
    ],
  ])("is: %s", (summary, request, options) => {
    expect(diagnose(request, secrets, { now: NOW, ...options }).summary).toBe(summary);
  });
});

describe("a wrong argument is reported", () => {
  it.each<[message: string, request: unknown, secrets?: unknown, options?: unknown]>([
    ["request: must be a request", null],
    ["request.method: must be a string", { url }],
    ["request.url: must be a string", { method: "GET" }],
    ["request.headers: must be an object", { ...photo, headers: "a" }],
    ["request.body: must be a string, a Uint8Array or null", { ...photo, body: 1 }],
    ["secrets: must be an object", photo, null],
    ["secrets.clientSharedSecret: must be a string", photo, { clientSharedSecret: 1 }],
    ["secrets.tokenSharedSecret: must be a string", photo, { tokenSharedSecret: 1 }],
    ...[1, null].map((publicKey): [string, unknown, unknown] => [
      "secrets.publicKey: must be a public key: PEM, a JSON Web Key or a KeyObject",
      photo,
      { publicKey },
    ]),
    ["options: must be an object", photo, {}, null],
    ["baseString: must be a string", photo, {}, { baseString: 1 }],
    ["hosts: must be a list", photo, {}, { hosts: "a" }],
    ["hosts[0]: must be a string", photo, {}, { hosts: [1] }],
    ["pathPrefixes: must be a list", photo, {}, { pathPrefixes: "a" }],
    ["signatureMethods: must be a list", photo, {}, { signatureMethods: "a" }],
    ...["1", Number.NaN].map((now): [string, unknown, unknown, unknown] => [
      "now: must be a number of seconds, or null",
      photo,
      {},
      { now },
    ]),
    [
      "timestampTolerance: must be a whole number of at least 0",
      photo,
      {},
      { timestampTolerance: -1 },
    ],
    ["allowInsecureTransport: must be true or false", photo, {}, { allowInsecureTransport: 1 }],
    ["effort: must be a whole number of at least 0", photo, {}, { effort: -1 }],
  ])("%s", (message, request, secrets = {}, options = {}) => {
    const call = () => diagnose(request as never, secrets as never, options as never);
    expect(call).toThrow(DiagnosisError);
    expect(call).toThrow(expect.objectContaining({ code: "ERR_DIAGNOSIS_OPTION", message }));
  });

  it.each<[message: string, signed: unknown]>([
    ["signed: must be an object", null],
    ["signed.signature: must be a string", { baseString: "", signatureMethod: "" }],
    ["signed.baseString: must be a string", { signature: "", signatureMethod: "" }],
    ["signed.signatureMethod: must be a string", { signature: "", baseString: "" }],
  ])("%s", (message, signed) => {
    expect(() => diagnoseSignature(signed as never, {})).toThrow(
      expect.objectContaining({ code: "ERR_DIAGNOSIS_OPTION", message }),
    );
  });

  it("no argument with the least number, null or a key of each form", () => {
    for (const body of [null, undefined, "", new Uint8Array()]) {
      diagnose({ ...photo, body, more: 1 } as never, {}, { effort: 0 });
    }
    diagnose(photo, {}, { now: null, timestampTolerance: 0, effort: 0 });
  });
});
