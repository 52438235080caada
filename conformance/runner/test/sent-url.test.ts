import { createHmac } from "node:crypto";
import {
  type Implementation,
  loadVectors,
  oauth1Implementation,
  runVectors,
} from "@oauth1/conformance";
import type { SignInput } from "@oauth1/properties";
import { expect, it } from "vitest";

const ours = oauth1Implementation();
const files = loadVectors(["sign"]);

/** Signs a changed form of the given URL, and reports that it sends `sent`. */
function sender(name: string, signed: (url: string) => string, sent = signed): Implementation {
  return {
    ...ours,
    name,
    async sign(input) {
      const output = await ours.sign?.({ ...input, url: signed(input.url) } as SignInput);
      return { ...output, url: output?.url ?? sent(input.url) };
    },
  };
}

/** The ids of the passed and the failed vectors of a header. */
async function outcomes(implementation: Implementation) {
  const results = await runVectors(implementation, files);
  const inHeader = results.filter(({ input }) => {
    const transmission = (input as SignInput | undefined)?.transmission;
    return transmission === undefined || transmission === "header";
  });
  const ids = (outcome: string) =>
    inHeader.filter((result) => result.outcome === outcome).map(({ id }) => id);
  return { passed: ids("passed"), failed: ids("failed") };
}

it("another spelling of the URL is accepted if it is signed and sent", async () => {
  const spelled = (url: string) =>
    url
      .replace(/^http/, "HTTP")
      .replace(/(?<=[?&])size/, "%73ize")
      .replace("photos?", "%70hotos?");
  const { failed } = await outcomes(sender("spells anew", spelled));
  expect(failed).toEqual([]);
});

it("another spelling of the path is rejected if it is sent but not signed", async () => {
  const spelled = (url: string) => url.replace("photos?", "%70hotos?");
  const { failed } = await outcomes(sender("signs another", (url) => url, spelled));
  expect(failed).toContain("sign/core-appendix-a");
});

it("a request that goes to another path, or lacks a parameter, is rejected however it is signed", async () => {
  const elsewhere = await outcomes(
    sender("goes elsewhere", (url) => url.replace("photos?", "photo?")),
  );
  expect(elsewhere.failed).toContain("sign/core-appendix-a");
  const loses = await outcomes(sender("loses a parameter", (url) => url.replace(/&size=\w+/, "")));
  expect(loses.failed).toContain("sign/core-appendix-a");
});

it("the signature must be that of the URL that is sent, according to an HMAC computed here", async () => {
  const sent = "http://example.com/%61?b=%FF";
  const key = "cs&ts";
  const text =
    "GET&http%3A%2F%2Fexample.com%2F%2561&b%3D%25FF%26oauth_consumer_key%3Dck%26oauth_nonce%3Dn" +
    "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1%26oauth_token%3Dtk";
  const signature = createHmac("sha1", key).update(text).digest("base64");
  const [file] = files;
  const vector = file?.vectors.find(({ id }) => id === "sign/query-non-utf8");
  expect(vector).toBeDefined();
  const input = {
    ...(vector?.input as SignInput),
    url: "http://example.com/a?b=%EF%BF%BD",
    timestamp: "1",
    version: null,
  };
  const answers = {
    ...ours,
    sign: () => ({
      url: sent,
      authorization: `OAuth oauth_consumer_key="ck", oauth_token="tk", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1", oauth_nonce="n", oauth_signature="${encodeURIComponent(signature)}"`,
    }),
  };
  const right = await ours.sign?.(input);
  const asked = {
    ...vector,
    input,
    result: "valid",
    expected: { baseString: right?.baseString, signature: right?.signature },
  };
  const [result] = await runVectors(answers, [{ ...file, vectors: [asked] }] as typeof files);
  expect(result?.outcome).toBe("passed");
});
