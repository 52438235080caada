// LTI 1.1 launches as a tool receives them: made by ims-lti, by Python's oauthlib and by our signer,
// and changed in every way that a user, whose browser posts them, can change them.

import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { createSigner } from "@oauth1/signer";
import type { ReceivedRequest, Verification } from "@oauth1/verifier";
import {
  type BasicLaunch,
  type ContentItemSelectionRequest,
  createLtiVerifier,
  verifyLtiLaunch,
} from "@oauth1/verifier/lti";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  consumer,
  credentials,
  FORM,
  launched,
  launchedByImsLti,
  launchedByOauthlib,
  least,
  leastSelection,
  ltiVerifier,
  type Pairs,
  rich,
  type School,
} from "./lti-launches.js";
import { hasOauthlib } from "./sign-with-oauthlib.js";
import { nonceStore } from "./verifying-server.js";

const urls = [
  "https://tool.example.com/launch",
  "https://tool.example.com:8443/launch?course=7&b=%2B+x&course=8",
  "https://tool.example.com/a%20b?q=%C3%A9",
];

/** The launch of an accepted request. */
async function launchOf(request: ReceivedRequest, verifier = ltiVerifier()) {
  const verification = await verifier.verify(request);
  if (!verification.verified) throw new Error(`${verification.problem}: ${verification.advice}`);
  return verification.launch;
}

const changed = (pairs: Pairs, name: string, value?: string): Pairs => [
  ...pairs.filter(([one]) => one !== name),
  ...(value === undefined ? [] : [[name, value] as const]),
];

describe("a launch made by another library", () => {
  const makers: [name: string, make: () => (ReceivedRequest & { body: string })[]][] = [
    ["ims-lti", () => urls.map((url) => launchedByImsLti(rich, url))],
  ];
  if (hasOauthlib) makers.push(["oauthlib", () => launchedByOauthlib(rich, urls)]);

  it.each(makers)("of %s is accepted once, with its texts", async (_, make) => {
    for (const request of make()) {
      const verifier = ltiVerifier();
      const launch = await launchOf(request, verifier);
      expect(launch.consumer).toMatchObject({ identifier: "12345", caller: { school: 7 } });
      expect(launch.resourceLink.id).toBe("120988f929-274612");
      expect(launch.user).toMatchObject({
        id: "292832126",
        fullName: `Jané "☃" O'Neil <j@e.com> & co`,
      });
      expect(launch.custom).toEqual(new Map([["text", "one\r\ntwo +%26 &amp; = \t~!*'()"]]));
      expect(launch.ext).toEqual(new Map([["empty", ""]]));
      expect(await verifier.verify(request)).toMatchObject({ status: 401, problem: "nonce_used" });
    }
  });

  it.each(makers)("of %s is rejected after one character is changed", async (_, make) => {
    for (const request of make()) {
      const verifier = ltiVerifier();
      const pieces = request.body.split("&");
      const target = fc
        .nat(pieces.length - 1)
        .chain((piece) =>
          fc.tuple(
            fc.constant(piece),
            fc.nat((pieces[piece] ?? "").length - 1),
            fc.constantFrom(..."aZ09-._~+é☃"),
          ),
        );
      await fc.assert(
        fc.asyncProperty(target, async ([piece, index, character]) => {
          const text = pieces[piece] ?? "";
          const other = [...pieces];
          other[piece] = text.slice(0, index) + character + text.slice(index + 1);
          const body = other.join("&");
          if (meaningOf(body) === meaningOf(request.body)) return;
          expect(await verifier.verify({ ...request, body })).toMatchObject({ verified: false });
        }),
        { numRuns: 300 },
      );
      // None of the rejected launches spent its nonce.
      expect(await verifier.verify(request)).toMatchObject({ verified: true });
    }
  });

  it.each(makers)("of %s is rejected if a parameter is added or removed", async (_, make) => {
    for (const request of make()) {
      const verifier = ltiVerifier();
      const pieces = request.body.split("&");
      const bodies = [
        ...pieces.map((_, index) => pieces.filter((_, other) => other !== index).join("&")),
        `${request.body}&custom_more=1`,
        `${request.body}&roles=Instructor`,
      ];
      for (const body of bodies) {
        expect(await verifier.verify({ ...request, body }), body).toMatchObject({
          verified: false,
        });
      }
      const url = `${request.url}${request.url.includes("?") ? "&" : "?"}x=1`;
      expect(await verifier.verify({ ...request, url })).toMatchObject({
        problem: "signature_invalid",
      });
    }
  });
});

/** The decoded content of a form, independent of its spelling. */
function meaningOf(body: string): string {
  return JSON.stringify([...new URLSearchParams(body)]);
}

describe("the fields", () => {
  it("have the value of each parameter of LTI 1.1", async () => {
    const full: Pairs = [
      ...least,
      ["resource_link_title", "Weekly Blog"],
      ["resource_link_description", "A weekly blog."],
      ["user_id", "292832126"],
      ["user_image", "https://school.example.com/292832126.png"],
      ["roles", "Instructor"],
      ["lis_person_name_given", "Jane"],
      ["lis_person_name_family", "Public"],
      ["lis_person_name_full", "Jane Q. Public"],
      ["lis_person_contact_email_primary", "user@school.edu"],
      ["lis_person_sourcedid", "school.edu:user"],
      ["role_scope_mentor", "f5b2cc6c-8c5c-24e8-75cc-fac5,dc19e42c-b0fe%2C68b8-167e-4b1a"],
      ["context_id", "456434513"],
      ["context_type", "urn:lti:context-type:ims/lis/CourseSection,Group,urn:x:y"],
      ["context_title", "Design of Personal Environments"],
      ["context_label", "SI182"],
      ["lis_course_offering_sourcedid", "school.edu:SI182-F08"],
      ["lis_course_section_sourcedid", "school.edu:SI182-001-F08"],
      ["launch_presentation_locale", "en-US"],
      ["launch_presentation_document_target", "iframe"],
      ["launch_presentation_width", "320"],
      ["launch_presentation_height", "240"],
      ["launch_presentation_css_url", "http://school.example.com/tool.css"],
      ["launch_presentation_return_url", "HTTPS://school.example.com/return?x=1"],
      ["tool_consumer_instance_guid", "lmsng.school.edu"],
      ["tool_consumer_instance_name", "SchoolU"],
      ["tool_consumer_instance_description", "University of School"],
      ["tool_consumer_instance_url", "https://school.example.com"],
      ["tool_consumer_instance_contact_email", "System.Admin@school.edu"],
      ["tool_consumer_info_product_family_code", "moodle"],
      ["tool_consumer_info_version", "4.5"],
      ["lis_outcome_service_url", "https://school.example.com/outcomes"],
      ["lis_result_sourcedid", '{"data":{"instanceid":"2"}}'],
      ["custom_chapter", "1.2.56"],
      ["custom___proto__", "x"],
      ["ext_lms", "moodle-2"],
      ["other", "first"],
      ["other", "second"],
    ];
    const { parameters, ...fields } = await launchOf(launched(full));
    expect(fields).toEqual({
      messageType: "basic-lti-launch-request",
      resourceLink: {
        id: "120988f929-274612",
        title: "Weekly Blog",
        description: "A weekly blog.",
      },
      outcome: {
        serviceUrl: "https://school.example.com/outcomes",
        resultSourcedId: '{"data":{"instanceid":"2"}}',
      },
      consumer: {
        identifier: "12345",
        caller: { school: 7 },
        instanceGuid: "lmsng.school.edu",
        instanceName: "SchoolU",
        instanceDescription: "University of School",
        instanceUrl: "https://school.example.com",
        contactEmail: "System.Admin@school.edu",
        productFamilyCode: "moodle",
        version: "4.5",
      },
      user: {
        id: "292832126",
        roles: [{ scope: "context", name: "Instructor", subRole: undefined }],
        givenName: "Jane",
        familyName: "Public",
        fullName: "Jane Q. Public",
        email: "user@school.edu",
        image: "https://school.example.com/292832126.png",
        sourcedId: "school.edu:user",
        mentorOf: ["f5b2cc6c-8c5c-24e8-75cc-fac5", "dc19e42c-b0fe,68b8-167e-4b1a"],
      },
      context: {
        id: "456434513",
        types: ["CourseSection", "Group", "urn:x:y"],
        title: "Design of Personal Environments",
        label: "SI182",
        courseOfferingSourcedId: "school.edu:SI182-F08",
        courseSectionSourcedId: "school.edu:SI182-001-F08",
      },
      presentation: {
        locale: "en-US",
        documentTarget: "iframe",
        width: 320,
        height: 240,
        cssUrl: "http://school.example.com/tool.css",
        returnUrl: "HTTPS://school.example.com/return?x=1",
      },
      custom: new Map([
        ["chapter", "1.2.56"],
        ["__proto__", "x"],
      ]),
      ext: new Map([["lms", "moodle-2"]]),
    });
    expect(parameters).toEqual(full);
  });

  it("are undefined, empty lists or empty maps if a platform omits the parameters", async () => {
    const { consumer, user, context, presentation, custom, ext, outcome, parameters } =
      await launchOf(launched(least));
    const { identifier, caller, ...claims } = consumer;
    const { roles, mentorOf, ...person } = user;
    const { types, ...course } = context;
    expect([roles, mentorOf, types]).toEqual([[], [], []]);
    const values = [claims, person, course, presentation].flatMap((part) => Object.values(part));
    expect(new Set([...values, outcome])).toEqual(new Set([undefined]));
    expect([custom.size, ext.size]).toEqual([0, 0]);
    expect(parameters).toEqual(least);
  });

  it("are undefined if a value is empty or not of the field's type", async () => {
    const wrong: Pairs = [
      ["lis_person_name_full", ""],
      ["launch_presentation_width", "100%"],
      ["launch_presentation_height", "-1"],
      ["launch_presentation_return_url", 'javascript:alert("https://school.example.com/")'],
      ["launch_presentation_css_url", "//school.example.com/tool.css"],
      ["tool_consumer_instance_url", "school.example.com"],
      ["user_image", "https:image.png"],
      ["lis_outcome_service_url", "file:///etc/passwd"],
      ["lis_result_sourcedid", "1"],
      ["role_scope_mentor", "good,%E9"],
    ];
    const launch = await launchOf(launched([...least, ...wrong]));
    const { width, height, returnUrl, cssUrl } = launch.presentation;
    const { fullName, image, mentorOf } = launch.user;
    expect([width, height, returnUrl, cssUrl, fullName, image]).toEqual(Array(6).fill(undefined));
    expect([launch.consumer.instanceUrl, launch.outcome, mentorOf]).toEqual([
      undefined,
      undefined,
      [],
    ]);
    expect(launch.parameters).toEqual([...least, ...wrong]);
  });

  it("say where to send a result only if both parameters of it are present", async () => {
    const pairs: Pairs = [
      ["lis_outcome_service_url", "https://school.example.com/outcomes"],
      ["lis_result_sourcedid", "1"],
    ];
    for (const pair of pairs) {
      expect((await launchOf(launched([...least, pair]))).outcome).toBeUndefined();
    }
    expect((await launchOf(launched([...least, ...pairs]))).outcome).toEqual({
      serviceUrl: "https://school.example.com/outcomes",
      resultSourcedId: "1",
    });
  });

  it.each([
    ["Instructor", "context", "Instructor", undefined],
    ["urn:lti:role:ims/lis/Instructor", "context", "Instructor", undefined],
    ["urn:lti:role:ims/lis/Instructor/GuestInstructor", "context", "Instructor", "GuestInstructor"],
    ["Learner/NonCreditLearner", "context", "Learner", "NonCreditLearner"],
    ["urn:lti:instrole:ims/lis/Administrator", "institution", "Administrator", undefined],
    ["urn:lti:sysrole:ims/lis/SysAdmin", "system", "SysAdmin", undefined],
    ["urn:lti:sysrole:ims/lis/", "other", "urn:lti:sysrole:ims/lis/", undefined],
    ["urn:lti:role:example/Instructor", "other", "urn:lti:role:example/Instructor", undefined],
    ["urn:lti:role:ims/lis/a/b/c", "other", "urn:lti:role:ims/lis/a/b/c", undefined],
    [
      "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor",
      "other",
      "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor",
      undefined,
    ],
  ])("name the role %s", async (text, scope, name, subRole) => {
    const { user } = await launchOf(launched([...least, ["roles", ` ${text} ,,Mentor`]]));
    expect(user.roles).toEqual([
      { scope, name, subRole },
      { scope: "context", name: "Mentor", subRole: undefined },
    ]);
  });

  it("of a content selection describe where to send which content", async () => {
    const verifier = ltiVerifier({
      messageTypes: ["basic-lti-launch-request", "ContentItemSelectionRequest"],
    });
    const pairs: Pairs = [
      ...leastSelection,
      ["accept_unsigned", "false"],
      ["accept_multiple", "true"],
      ["auto_create", "yes"],
      ["title", "A title"],
      ["data", "opaque"],
    ];
    const verification = await verifier.verify(launched(pairs));
    if (!verification.verified) throw new Error(verification.advice);
    const { launch } = verification;
    expectTypeOf(launch).toEqualTypeOf<BasicLaunch<School> | ContentItemSelectionRequest<School>>();
    if (launch.messageType !== "ContentItemSelectionRequest") throw new Error(launch.messageType);
    expect(launch.contentItemRequest).toEqual({
      returnUrl: "https://school.example.com/return",
      acceptMediaTypes: ["application/vnd.ims.lti.v1.ltilink", "image/*"],
      acceptDocumentTargets: ["iframe", "window"],
      acceptUnsigned: false,
      acceptMultiple: true,
      acceptCopyAdvice: undefined,
      autoCreate: undefined,
      canConfirm: undefined,
      title: "A title",
      text: undefined,
      data: "opaque",
    });
    const others: Pairs = [
      ["accept_copy_advice", "true"],
      ["auto_create", "true"],
      ["can_confirm", "false"],
      ["text", "A text"],
    ];
    const other = await verifier.verify(launched([...leastSelection, ...others]));
    expect(other).toMatchObject({
      launch: {
        contentItemRequest: {
          acceptCopyAdvice: true,
          autoCreate: true,
          canConfirm: false,
          text: "A text",
        },
      },
    });
    expect(launch).not.toHaveProperty("resourceLink");
    expect(await verifier.verify(launched(least))).toMatchObject({ verified: true });
  });
});

describe("parameters in query and form", () => {
  const own: Pairs = [...rich, ["custom_restricted", "1"], ["other", "first"], ["other", "second"]];

  it("produce the same launch wherever a user moves them", async () => {
    const { body, ...request } = launched(own);
    const { parameters: expected, ...launch } = await launchOf({ ...request, body });
    const pieces = body.split("&");
    await fc.assert(
      fc.asyncProperty(fc.subarray(pieces), async (moved) => {
        const url = `https://tool.example.com/launch?${moved.join("&")}`;
        const rest = pieces.filter((piece) => !moved.includes(piece));
        const verification = await ltiVerifier().verify({ ...request, url, body: rest.join("&") });
        const movesProtocol = moved.some((piece) => piece.startsWith("oauth_"));
        expect(verification.verified).toBe(!movesProtocol);
        if (!verification.verified) return;
        const { parameters, ...found } = verification.launch;
        expect(found).toEqual(launch);
        const sorted = (pairs: Pairs) => pairs.map((pair) => pair.join("=")).sort();
        expect(sorted(parameters)).toEqual(sorted(expected));
      }),
      { numRuns: 200 },
    );
  });

  it("are counted twice if both have them (RFC 5849 §3.4.1.3.1)", async () => {
    const url = "https://tool.example.com/launch?course=7";
    const once = launchedByImsLti(least, url);
    const { parameters } = await launchOf(once);
    expect(parameters).toEqual([["course", "7"], ...least]);
    // A platform that copies the query into the form and signs it once, as ims-lti expects of Canvas.
    const copied = launchedByImsLti([...least, ["course", "7"]], url.split("?")[0]);
    expect(await ltiVerifier().verify({ ...copied, url })).toMatchObject({
      problem: "signature_invalid",
    });
    const twice = await launchOf(launched([...least, ["course", "7"]], { url }));
    expect(twice.parameters.filter(([name]) => name === "course")).toHaveLength(2);
  });

  it.each([
    ...rich.map(([name]) => name),
    "launch_presentation_return_url",
    "lis_outcome_service_url",
    "lis_result_sourcedid",
    "role_scope_mentor",
    "tool_consumer_instance_guid",
    "custom_",
  ])("are rejected if %s appears twice", async (name) => {
    const pairs = changed(rich, name, "1");
    const value = rich.find(([one]) => one === name)?.[1] ?? "1";
    const requests = [
      launched([...changed(pairs, name, value), [name, value]]),
      launched([...changed(pairs, name, value), [name, "2"]]),
      launched(changed(pairs, name, value), {
        url: `https://tool.example.com/?${new URLSearchParams([[name, value]])}`,
      }),
    ];
    for (const request of requests) {
      expect(await ltiVerifier().verify(request)).toMatchObject({
        status: 400,
        problem: "parameter_rejected",
        advice: expect.stringContaining("must not appear twice"),
      });
    }
  });

  it("are rejected if they are not UTF-8 text, which two readers could read differently", async () => {
    const { url, headers } = launched();
    const body = `${new URLSearchParams(least.map(([...pair]) => pair))}&user_id=%FF`;
    const signer = createSigner({ client: consumer, transmission: "form-body" });
    const signed = signer.sign({ method: "POST", url, headers: { "Content-Type": FORM }, body });
    expect(await ltiVerifier().verify({ ...signed, headers: headers ?? [] })).toMatchObject({
      problem: "parameter_rejected",
      advice: "the parameters of a launch must be UTF-8 text",
    });
  });
});

describe("a signed request that is not a launch", () => {
  const plainSigner = createSigner({ client: consumer });
  const url = "https://tool.example.com/launch";
  const form = new URLSearchParams(least.map(([...pair]) => pair)).toString();
  const noLaunches: [what: string, request: ReceivedRequest, problem: string, advice: string][] = [
    ["uses another method", launched(least, { method: "PUT" }), "request_rejected", "POST"],
    [
      "has JSON",
      plainSigner.sign({
        method: "POST",
        url,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(Object.fromEntries(least)),
      }),
      "request_rejected",
      "application/x-www-form-urlencoded",
    ],
    [
      "has a multipart body",
      plainSigner.sign({
        method: "POST",
        url,
        headers: { "Content-Type": "multipart/form-data; boundary=b" },
        body: `${least
          .map(
            ([name, value]) =>
              `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
          )
          .join("")}--b--\r\n`,
      }),
      "request_rejected",
      "application/x-www-form-urlencoded",
    ],
    [
      "has no body",
      plainSigner.sign({ method: "POST", url: `${url}?${form}` }),
      "request_rejected",
      "application/x-www-form-urlencoded",
    ],
    ...(["header", "query"] as const).map((transmission): (typeof noLaunches)[number] => [
      `has the protocol parameters elsewhere: ${transmission}`,
      launched(least, { transmission }),
      "parameter_rejected",
      "in the form body",
    ]),
    [
      "has a token",
      launched(least, { token: { identifier: "nnch734d00sl2jdk", sharedSecret: "" } }),
      "parameter_rejected",
      "oauth_token",
    ],
    ...least.flatMap(([name]): typeof noLaunches => [
      [`has no ${name}`, launched(changed(least, name)), "parameter_absent", name],
      [`has an empty ${name}`, launched(changed(least, name, "")), "parameter_absent", name],
    ]),
    [
      "has none of them",
      launched([]),
      "parameter_absent",
      "lti_message_type, lti_version: missing",
    ],
    ...["LTI-2p0", "1.0", "lti-1p0"].map((version): (typeof noLaunches)[number] => [
      `has lti_version ${version}`,
      launched(changed(least, "lti_version", version)),
      "parameter_rejected",
      "lti_version must be LTI-1p0",
    ]),
    ...["ToolProxyRegistrationRequest", "Basic-LTI-Launch-Request", "ContentItemSelection"].map(
      (type): (typeof noLaunches)[number] => [
        `has lti_message_type ${type}`,
        launched(changed(least, "lti_message_type", type)),
        "parameter_rejected",
        "lti_message_type must be basic-lti-launch-request",
      ],
    ),
    [
      "selects content, which the verifier does not accept by default",
      launched(leastSelection),
      "parameter_rejected",
      "lti_message_type must be basic-lti-launch-request",
    ],
  ];

  it.each(noLaunches)(
    "is rejected without spending the nonce: %s",
    async (_, request, problem, advice) => {
      const nonces = nonceStore();
      const knowsToken = {
        find: (identifier: string, token: string | undefined) => ({
          ...credentials.find(identifier),
          token: token === undefined ? undefined : { identifier: token, sharedSecrets: [""] },
        }),
      };
      const verification = await ltiVerifier({ nonces, credentials: knowsToken }).verify(request);
      expect(verification).toMatchObject({
        verified: false,
        status: 400,
        problem,
        advice: expect.stringContaining(advice),
        client: "12345",
      });
      expect(nonces.spent.size).toBe(0);
    },
  );

  it.each(leastSelection.slice(2).map(([name]) => name))(
    "is rejected if it selects content without %s",
    async (name) => {
      const verifier = ltiVerifier({ messageTypes: ["ContentItemSelectionRequest"] });
      for (const pairs of [changed(leastSelection, name), changed(leastSelection, name, "")]) {
        expect(await verifier.verify(launched(pairs))).toMatchObject({
          problem: "parameter_absent",
          advice: `${name}: missing`,
        });
      }
    },
  );

  it("is rejected if it selects content for an address that runs a script", async () => {
    const verifier = ltiVerifier({ messageTypes: ["ContentItemSelectionRequest"] });
    const pairs = changed(leastSelection, "content_item_return_url", "javascript:alert(1)");
    expect(await verifier.verify(launched(pairs))).toMatchObject({
      problem: "parameter_rejected",
      advice: "content_item_return_url must be an absolute http or https URL",
    });
  });
});

describe("a launch whose signature is not accepted", () => {
  const now = Math.floor(Date.now() / 1000);
  it.each<[what: string, request: () => ReceivedRequest, problem: string]>([
    [
      "has another secret",
      () => launched(least, { client: { ...consumer, sharedSecret: "Secret" } }),
      "signature_invalid",
    ],
    [
      "names an unknown consumer",
      () => launched(least, { client: { ...consumer, identifier: "54321" } }),
      "consumer_key_unknown",
    ],
    ["is old", () => launched(least, { clock: () => now - 3600 }), "timestamp_refused"],
    ["is from the future", () => launched(least, { clock: () => now + 3600 }), "timestamp_refused"],
    [
      "uses PLAINTEXT",
      () => launched(least, { signatureMethod: plaintext }),
      "signature_method_rejected",
    ],
    [
      "uses a method that is not accepted by default",
      () => launched(least, { signatureMethod: hmacSha256 }),
      "signature_method_rejected",
    ],
    [
      "was sent to another tool",
      () => ({ ...launched(), url: "https://other.example.com/launch" }),
      "signature_invalid",
    ],
    [
      "is not signed",
      () => ({
        ...launched(),
        body: new URLSearchParams(least.map(([...pair]) => pair)).toString(),
      }),
      "parameter_absent",
    ],
    [
      "has protocol parameters in query and form",
      () => ({ ...launched(), url: "https://tool.example.com/launch?oauth_nonce=1" }),
      "parameter_rejected",
    ],
    [
      "has a protocol parameter twice",
      () => {
        const request = launched();
        return { ...request, body: `${request.body}&oauth_version=1.0` };
      },
      "parameter_rejected",
    ],
    [
      "is sent as JSON",
      () => {
        const request = launched();
        const body = JSON.stringify(Object.fromEntries(new URLSearchParams(request.body)));
        return { ...request, headers: { "Content-Type": "application/json" }, body };
      },
      "parameter_absent",
    ],
  ])("is rejected: %s", async (_, request, problem) => {
    const nonces = nonceStore();
    expect(await ltiVerifier({ nonces }).verify(request())).toMatchObject({
      verified: false,
      problem,
    });
    expect(nonces.spent.size).toBe(0);
  });

  it("is accepted with another method that the options name", async () => {
    const verifier = ltiVerifier({ signatureMethods: [hmacSha256] });
    const request = launched(least, { signatureMethod: hmacSha256 });
    expect(await verifier.verify(request)).toMatchObject({ signatureMethod: "HMAC-SHA256" });
  });
});

describe("the response to a rejected launch", () => {
  it.each([
    [
      "full",
      "oauth_problem=parameter_absent&oauth_parameters_absent=resource_link_id&oauth_problem_advice=resource_link_id%3A%20missing",
    ],
    ["code", "oauth_problem=parameter_absent"],
    ["none", ""],
  ] as const)("reports as much as problemReporting allows: %s", async (problemReporting, body) => {
    const verifier = ltiVerifier({ problemReporting });
    const request = launched(changed(least, "resource_link_id"));
    const rejected = await verifier.verify(request);
    expect(rejected).toMatchObject({ verified: false, status: 400, body });
    expect(verifier.counts).toEqual({ verified: 0, rejected: { parameter_absent: 1 } });
  });

  it.each<[rejected: string, request: ReceivedRequest]>([
    ["lti_version=LTI-2p0", launched(changed(least, "lti_version", "LTI-2p0"))],
    ["lti_version=LTI-1p0&lti_version=LTI-1p0", launched([...least, ["lti_version", "LTI-1p0"]])],
    ["lti_message_type=a", launched(changed(least, "lti_message_type", "a"))],
    [
      "content_item_return_url=about%3Ablank",
      launched(changed(leastSelection, "content_item_return_url", "about:blank")),
    ],
    ["oauth_token=t", launched(least, { token: { identifier: "t", sharedSecret: "" } })],
  ])("names the rejected parameters: %s", async (rejected, request) => {
    const find = (identifier: string, token: string | undefined) => ({
      ...credentials.find(identifier),
      token: token === undefined ? undefined : { identifier: token, sharedSecrets: [""] },
    });
    const verification = await ltiVerifier({
      credentials: { find },
      messageTypes: ["basic-lti-launch-request", "ContentItemSelectionRequest"],
      problemReporting: "full",
    }).verify(request);
    if (verification.verified) throw new Error("verified");
    const told = new URLSearchParams(verification.body);
    expect(told.get("oauth_parameters_rejected")).toBe(rejected);
  });

  it("names both message types if both are accepted", async () => {
    const verifier = ltiVerifier({
      messageTypes: ["basic-lti-launch-request", "ContentItemSelectionRequest"],
    });
    expect(await verifier.verify(launched(changed(least, "lti_message_type", "a")))).toMatchObject({
      advice: "lti_message_type must be basic-lti-launch-request or ContentItemSelectionRequest",
    });
  });

  it("contains neither a secret nor a signature", async () => {
    for (const request of [
      launched([...rich, ...rich]),
      launched(least, { transmission: "header" }),
    ]) {
      const rejected = JSON.stringify(await ltiVerifier().verify(request));
      expect(rejected).toContain("parameter_rejected");
      expect(rejected).not.toMatch(/secret|oauth_signature=/);
    }
  });
});

describe("verifyLtiLaunch", () => {
  const options = { credentials, nonces: nonceStore() };
  const { url, body } = launched(rich);
  const request = () =>
    new Request(url, { method: "POST", headers: { "Content-Type": FORM }, body });

  it("verifies a web Request once, and its body can still be read", async () => {
    const received = request();
    const verification = await verifyLtiLaunch(received, options);
    expect(verification).toMatchObject({
      verified: true,
      transmission: "form-body",
      launch: { user: { id: "292832126" }, resourceLink: { id: "120988f929-274612" } },
    });
    expect((await received.formData()).get("user_id")).toBe("292832126");
    expect(await verifyLtiLaunch(request(), options)).toMatchObject({ problem: "nonce_used" });
  });

  it("throws for a body that was already read", async () => {
    const received = request();
    await received.text();
    await expect(verifyLtiLaunch(received, options)).rejects.toMatchObject({
      code: "ERR_BODY_READ",
    });
  });
});

describe("options", () => {
  const right = { credentials, nonces: nonceStore() };

  it.each<[options: object | undefined, named: string]>([
    [undefined, "options must be an object"],
    [{ ...right, credentials: undefined }, "credentials must be an object"],
    [{ ...right, nonces: undefined }, "nonces must be a nonce store"],
    [{ ...right, consumers: {} }, "consumers is not an option: use one of credentials"],
    [{ ...right, requireBodyHash: true }, "requireBodyHash is not an option"],
    [{ ...right, allowInsecureTransport: true }, "allowInsecureTransport is not an option"],
    [{ ...right, messageTypes: [] }, "messageTypes must be a list"],
    [{ ...right, messageTypes: ["LtiDeepLinkingRequest"] }, "messageTypes must be a list"],
    [
      { ...right, messageTypes: ["basic-lti-launch-request", "LtiDeepLinkingRequest"] },
      "messageTypes must be a list",
    ],
    [{ ...right, messageTypes: "basic-lti-launch-request" }, "messageTypes must be a list"],
    [{ ...right, signatureMethods: [] }, "signatureMethods must be a list"],
    [{ ...right, signatureMethods: [plaintext] }, "not reveal the secrets"],
    [{ ...right, signatureMethods: [hmacSha256, plaintext] }, "not reveal the secrets"],
    [
      { ...right, signatureMethods: [{ ...hmacSha256, requiresNonce: false }] },
      "each must require a nonce",
    ],
  ])("are rejected with a message that names the wrong one: %j", async (options, named) => {
    const errorOf = (name: string) => ({
      name: "VerifierError",
      code: "ERR_VERIFIER_OPTION",
      message: expect.stringMatching(new RegExp(`^${name}: .*${named}`)),
    });
    expect(() => createLtiVerifier(options as never)).toThrow(
      expect.objectContaining(errorOf("createLtiVerifier")),
    );
    await expect(verifyLtiLaunch(launched(), options as never)).rejects.toMatchObject(
      errorOf("verifyLtiLaunch"),
    );
  });

  it("are those of createVerifier", async () => {
    const verifier = ltiVerifier({
      publicOrigin: "https://tool.example.com",
      realm: "Tool",
      limits: { parameters: 20 },
    });
    const request = { ...launched(), url: "http://10.0.0.1:3000/launch" };
    expect(await verifier.verify(request)).toMatchObject({ verified: true });
    const long: Pairs = Array.from({ length: 20 }, (_, index) => [`custom_${index}`, ""]);
    expect(await verifier.verify(launched([...least, ...long]))).toMatchObject({
      problem: "limit_exceeded",
      headers: { "WWW-Authenticate": expect.stringMatching(/^OAuth realm="Tool"/) },
    });
  });
});

describe("launchOf", () => {
  it("returns the launch of a request that the verifier accepted", async () => {
    const verifier = ltiVerifier();
    const verification = await verifier.verify(launched());
    if (!verification.verified) throw new Error(verification.advice);
    expect(verifier.launchOf(verification)).toBe(verification.launch);
  });

  it("throws for a request that another verifier accepted", async () => {
    const verification: Verification<School> = await ltiVerifier().verify(launched());
    if (!verification.verified) throw new Error(verification.advice);
    for (const other of [verification, { ...verification }]) {
      expect(() => ltiVerifier().launchOf(other)).toThrow(
        expect.objectContaining({
          code: "ERR_NOT_VERIFIED",
          message:
            "launchOf() must receive a request that this verifier accepted: pass the same verifier to the adapter",
        }),
      );
    }
  });
});
