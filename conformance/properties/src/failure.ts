import type { BaseStringInput, SignatureInput, SignInput, SignOutput } from "./implementation.js";
import type { Topic } from "./topics.js";

/** A failure to explain. */
export interface Failure {
  readonly topic: Topic;
  readonly section: string;
  readonly expected: unknown;
  readonly received: unknown;
  /** The question with the wrong answer, if mistakes of signers can explain wrong answers to it. */
  readonly asked?: Asked | undefined;
}

/** A question to an implementation. */
export type Asked =
  | { readonly step: "percentEncode"; readonly input: string | Uint8Array }
  | { readonly step: "baseStringUri"; readonly url: string }
  | { readonly step: "normalizeParameters"; readonly parameters: BaseStringInput["parameters"] }
  | { readonly step: "signatureBaseString"; readonly input: BaseStringInput }
  | { readonly step: "signature"; readonly input: SignatureInput }
  | { readonly step: "sign"; readonly input: SignInput; readonly output: SignOutput };
