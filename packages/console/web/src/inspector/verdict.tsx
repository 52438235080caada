import type { Inspection } from "./explain-request.js";

interface Verdict {
  readonly tone: "good" | "bad" | "open";
  /** The verdict on the signature. */
  readonly signature: string;
  /** What a server would do with the request. */
  readonly request?: string;
  readonly note?: string;
}

/** The answer in two sentences: one about the signature, and one about the request. */
export function VerdictLines({ inspection }: { readonly inspection: Inspection }) {
  const { tone, signature, request, note = schemeNote(inspection) } = verdictOf(inspection);
  return (
    <div class={`verdict ${tone}`}>
      <p>{signature}</p>
      {request !== undefined && <p>{request}</p>}
      {note !== undefined && <p class="note">{note}</p>}
    </div>
  );
}

function verdictOf(inspection: Inspection): Verdict {
  const { isSignatureRight, missingSecrets, keyProblem, broken, late } = inspection;
  if (isSignatureRight === undefined) return { tone: "bad", signature: broken[0]?.text ?? "" };
  if (keyProblem !== undefined) {
    return { tone: "open", signature: `The signature cannot be checked: ${keyProblem}.` };
  }
  if (missingSecrets.length > 0) {
    const names = missingSecrets.map((name) => NAMES[name]).join(" and the ");
    const them = missingSecrets.length > 1 ? "them" : "it";
    return {
      tone: "open",
      signature: `Enter the ${names}: the signature cannot be checked without ${them}.`,
      ...(missingSecrets.includes("publicKey")
        ? {}
        : { note: "If a secret was issued empty, say so under “More options”." }),
    };
  }
  if (!isSignatureRight) return { tone: "bad", signature: "The signature is wrong." };
  const signature = "The signature is right.";
  const [first] = broken;
  if (first === undefined) {
    return {
      tone: "good",
      signature,
      request: "The request follows every rule. A server accepts it unless it has seen the nonce.",
    };
  }
  return late !== undefined && broken.length === 1
    ? {
        tone: "open",
        signature,
        request: `A server would reject the request now, for its timestamp alone: ${late.text}`,
      }
    : { tone: "bad", signature, request: `A server would reject the request: ${first.text}` };
}

const NAMES = {
  clientSharedSecret: "client shared-secret",
  tokenSharedSecret: "token shared-secret",
  publicKey: "public key",
};

/** The scheme to which the answer applies, if the text does not contain it. */
function schemeNote({ scheme, isSignatureRight }: Inspection): string | undefined {
  if (scheme === undefined || scheme.by === "person" || isSignatureRight === undefined) {
    return undefined;
  }
  const answer =
    scheme.by === "signature"
      ? `the signature is right for ${scheme.name}`
      : `this answer is for ${scheme.name}`;
  const other = scheme.name === "http" ? "https" : "http";
  return `The text does not contain the scheme, and ${answer}. If the request was sent by ${other}, choose it under “Sent by”.`;
}
