import { findSignatureMethod } from "@oauth1/signature-methods/registry";
import { handOver } from "../request/handed-over.js";
import type { PlaygroundInput, SignatureSteps } from "./explain-signature.js";
import type { PastedSignature } from "./pasted-signature.js";

interface Props {
  /** The pasted text. */
  readonly text: string;
  readonly pasted: PastedSignature;
  readonly input: PlaygroundInput;
  readonly steps: SignatureSteps | undefined;
}

/**
 * Compares the signature of a pasted request with that of this page, and links to the
 * inspector.
 */
export function SignatureComparison({ text, pasted, input, steps }: Props) {
  const { tone, sentence } = verdictOf(pasted, input, steps);
  return (
    <article class="step">
      <header>
        <h2>The pasted signature</h2>
      </header>
      <pre class="wire">{pasted.signature}</pre>
      <div class={`verdict ${tone}`}>
        <p>{sentence}</p>
        <p class="note">
          <a
            href="/inspector"
            onClick={(event) => {
              // Another tab does not share this page's memory.
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              const { clientSharedSecret, tokenSharedSecret } = input;
              handOver({ text, clientSharedSecret, tokenSharedSecret });
            }}
          >
            Explain this request in the inspector
          </a>
        </p>
      </div>
    </article>
  );
}

function verdictOf(
  { signature, obstacles }: PastedSignature,
  input: PlaygroundInput,
  steps: SignatureSteps | undefined,
): { tone: "good" | "bad" | "open"; sentence: string } {
  const [obstacle] = obstacles;
  if (obstacle !== undefined) {
    return {
      tone: "open",
      sentence: `This page cannot repeat the request's signature, because ${obstacle}. The inspector can check it.`,
    };
  }
  const missing = missingSecrets(input);
  if (missing.length > 0) {
    return { tone: "open", sentence: `Enter the ${missing.join(" and the ")} to compare it.` };
  }
  if (steps === undefined) {
    return { tone: "open", sentence: "It can be compared when this page has a signature." };
  }
  return signature === steps.signature
    ? { tone: "good", sentence: "It is the signature that this page computes." }
    : {
        tone: "bad",
        sentence:
          "It is not the signature that this page computes. The inspector names the mistake.",
      };
}

function missingSecrets(input: PlaygroundInput): string[] {
  if (findSignatureMethod(input.signatureMethod)?.keyType === "rsa") {
    return input.privateKey.trim() === "" ? ["private key"] : [];
  }
  return [
    ...(input.clientSharedSecret === "" ? ["client shared-secret"] : []),
    ...(input.tokenIdentifier !== "" && input.tokenSharedSecret === ""
      ? ["token shared-secret"]
      : []),
  ];
}
