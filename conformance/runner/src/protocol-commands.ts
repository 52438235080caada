import { type Awaitable, type Implementation, type Step, stepOf } from "@oauth1/properties";
import * as fields from "./fields.js";
import { field, optionalField, orNull, type Request } from "./fields.js";

/**
 * The version of the protocol, which a description can name. README.md of the suite describes
 * its guarantees.
 */
export const PROTOCOL = 1;

/** A command of the protocol, with the step that answers it. */
interface ProtocolCommand {
  readonly step: Step;
  answer(implementation: Implementation, request: Request): Awaitable<object>;
}

/** The commands that ask for a step of an implementation, by name. */
export const protocolCommands: ReadonlyMap<string, ProtocolCommand> = new Map<
  string,
  ProtocolCommand
>([
  [
    "percent-encode",
    {
      step: "percentEncode",
      async answer(implementation, request) {
        const has = (name: string) => Object.hasOwn(request, name);
        const input = has("octets")
          ? Buffer.from(field(request, "octets", fields.base64), "base64")
          : has("codeUnits")
            ? String.fromCharCode(...field(request, "codeUnits", fields.codeUnits))
            : field(request, "text", fields.text);
        return { result: await stepOf(implementation, "percentEncode")(input) };
      },
    },
  ],
  [
    "base-string",
    {
      step: "signatureBaseString",
      async answer(implementation, request) {
        const input = {
          method: field(request, "method", fields.text),
          url: field(request, "url", fields.text),
          parameters: field(request, "parameters", fields.pairs),
          form: field(request, "form", orNull(fields.pairs)),
        };
        return { result: await stepOf(implementation, "signatureBaseString")(input) };
      },
    },
  ],
  [
    "signature",
    {
      step: "signature",
      async answer(implementation, request) {
        const input = {
          baseString: field(request, "baseString", fields.text),
          clientSharedSecret: field(request, "clientSharedSecret", fields.text),
          tokenSharedSecret: field(request, "tokenSharedSecret", fields.text),
          signatureMethod: field(request, "signatureMethod", fields.text),
          privateKey: optionalField(request, "privateKey", fields.text),
        };
        return { result: await stepOf(implementation, "signature")(input) };
      },
    },
  ],
  [
    "sign",
    {
      step: "sign",
      answer: (implementation, request) =>
        stepOf(
          implementation,
          "sign",
        )({
          method: field(request, "method", fields.text),
          url: field(request, "url", fields.text),
          form: field(request, "form", orNull(fields.pairs)),
          body: field(request, "body", orNull(fields.base64)),
          client: field(request, "client", fields.clientCredentials),
          token: field(request, "token", orNull(fields.credentials)),
          signatureMethod: field(request, "signatureMethod", fields.text),
          timestamp: field(request, "timestamp", fields.text),
          nonce: field(request, "nonce", fields.text),
          version: field(request, "version", orNull(fields.text)),
          realm: field(request, "realm", orNull(fields.text)),
          callback: field(request, "callback", orNull(fields.text)),
          verifier: field(request, "verifier", orNull(fields.text)),
          transmission: field(request, "transmission", fields.text),
        }),
    },
  ],
  [
    "verify",
    {
      step: "verify",
      answer: (implementation, request) =>
        stepOf(
          implementation,
          "verify",
        )({
          method: field(request, "method", fields.text),
          url: field(request, "url", fields.text),
          headers: field(request, "headers", fields.pairs),
          body: field(request, "body", orNull(fields.base64)),
          clientSharedSecret: field(request, "clientSharedSecret", fields.text),
          tokenSharedSecret: field(request, "tokenSharedSecret", fields.text),
          publicKey: optionalField(request, "publicKey", fields.text),
          certificate: optionalField(request, "certificate", fields.text),
          signatureMethods: optionalField(request, "signatureMethods", fields.texts),
        }),
    },
  ],
  [
    "diagnose",
    {
      step: "diagnose",
      answer: (implementation, request) =>
        stepOf(
          implementation,
          "diagnose",
        )({
          method: field(request, "method", fields.text),
          url: field(request, "url", fields.text),
          headers: field(request, "headers", fields.pairs),
          body: field(request, "body", orNull(fields.base64)),
          clientSharedSecret: field(request, "clientSharedSecret", fields.text),
          tokenSharedSecret: field(request, "tokenSharedSecret", fields.text),
          publicKey: optionalField(request, "publicKey", fields.text),
          baseString: optionalField(request, "baseString", fields.text),
        }),
    },
  ],
]);
