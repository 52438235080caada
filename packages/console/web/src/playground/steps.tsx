import type { CollectedParameter } from "@oauth1/base-string";
import { percentDecode } from "@oauth1/percent-encoding";
import { findSignatureMethod } from "@oauth1/signature-methods/registry";
import type { ComponentChildren } from "preact";
import { CopyButton } from "../components/copy-button.js";
import { encodedPair, type PlaygroundInput, type SignatureSteps } from "./explain-signature.js";

const SOURCES = {
  query: "query",
  "form-body": "form body",
  protocol: "protocol parameter",
} as const;

const TRANSMISSIONS = {
  header: ["Authorization header", "RFC 5849 §3.5.1"],
  "form-body": ["Form body", "RFC 5849 §3.5.2"],
  query: ["URL", "RFC 5849 §3.5.3"],
} as const;

interface Props {
  readonly steps: SignatureSteps;
  readonly input: PlaygroundInput;
}

/** The steps of a signature. */
export function Steps({ steps, input }: Props) {
  const section = findSignatureMethod(input.signatureMethod)?.section ?? "";
  const [sentAs, sentBy] = TRANSMISSIONS[input.transmission];
  const sent = sentText(steps, input);
  return (
    <>
      <Step title="Parameters collected" section="RFC 5849 §3.4.1.3.1">
        <ParameterTable parameters={steps.collected} />
      </Step>
      <Step title="Encoded and sorted" section="RFC 5849 §3.4.1.3.2" text={steps.normalized}>
        <ol class="wire sorted-list">
          {steps.sorted.map((parameter, index) => (
            // Items have no identity other than their position.
            <li key={index} class={`source-${parameter.source}`}>
              {encodedPair(parameter)}
            </li>
          ))}
        </ol>
      </Step>
      <Step title="Base string URI" section="RFC 5849 §3.4.1.2" text={steps.baseStringUri}>
        <pre class="wire">{steps.baseStringUri}</pre>
      </Step>
      <Step title="Signature base string" section="RFC 5849 §3.4.1.1" text={steps.baseString}>
        <pre class="wire">
          {steps.elements.map((element, index) => (
            <span key={ELEMENTS[index]}>
              {index > 0 && <span class="separator">&amp;</span>}
              <span class={`element-${index}`} title={ELEMENTS[index]}>
                {element}
              </span>
            </span>
          ))}
        </pre>
        <p class="legend">
          {ELEMENTS.map((name, index) => (
            <span key={name} class={`source element-${index}`}>
              {name}
            </span>
          ))}
        </p>
      </Step>
      <Step title="Key" section={section}>
        <pre class="wire">
          {steps.key ?? "The private key. RSA methods do not use shared-secrets."}
        </pre>
      </Step>
      <Step title={`Signature, ${input.signatureMethod}`} section={section} text={steps.signature}>
        <pre class="wire">{steps.signature}</pre>
      </Step>
      <Step title={sentAs} section={sentBy} text={sent}>
        <pre class="wire">{sent}</pre>
      </Step>
    </>
  );
}

const ELEMENTS = ["method", "base string URI", "normalized parameters"];

function sentText({ signed }: SignatureSteps, { transmission }: PlaygroundInput): string {
  if (transmission === "header") return signed.headers["Authorization"] ?? "";
  return transmission === "query" ? signed.url : (signed.body ?? "");
}

function Step(props: {
  readonly title: string;
  readonly section: string;
  readonly text?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <article class="step">
      <header>
        <h2>{props.title}</h2>
        <small>{props.section}</small>
        {props.text !== undefined && (
          <CopyButton text={props.text} what={props.title.toLowerCase()} />
        )}
      </header>
      {props.children}
    </article>
  );
}

function ParameterTable({ parameters }: { readonly parameters: readonly CollectedParameter[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section class="table-scroll" aria-label="Parameters" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map((parameter, index) => (
            <tr key={index}>
              <td>
                <span class={`source source-${parameter.source}`}>{SOURCES[parameter.source]}</span>
              </td>
              <td class="mono">{decoded(parameter.encodedName)}</td>
              <td class="mono">{decoded(parameter.encodedValue)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Decodes a text. Returns it unchanged if its octets are not UTF-8. */
function decoded(encoded: string): string {
  try {
    return percentDecode(encoded);
  } catch {
    return encoded;
  }
}
