import { mistakes } from "@oauth1/diagnosis";
import { SectionLink } from "./section-link.js";

/** The content of the page before a request is pasted. */
export function Guide() {
  return (
    <>
      <article class="step">
        <header>
          <h2>What to paste</h2>
        </header>
        <dl class="formats">
          {FORMATS.map(([format, origin]) => (
            <div key={format}>
              <dt>{format}</dt>
              <dd>{origin}</dd>
            </div>
          ))}
        </dl>
      </article>
      <article class="step">
        <header>
          <h2>What you get</h2>
        </header>
        <ul>
          {ANSWERS.map((answer) => (
            <li key={answer}>{answer}</li>
          ))}
        </ul>
        <figure class="sample">
          <figcaption>Sample answer</figcaption>
          <p class="verdict bad">The signature is wrong.</p>
          <p>
            Your client {mistakes.QueryNotSigned.did}.{" "}
            <strong>Change: {mistakes.QueryNotSigned.change}.</strong>
          </p>
        </figure>
      </article>
      <details>
        <summary>The {Object.keys(mistakes).length} mistakes that the inspector knows</summary>
        <ul class="known-mistakes">
          {Object.entries(mistakes).map(([name, { did, section }]) => (
            <li key={name}>
              Your client {did}. <SectionLink section={section} />
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

const FORMATS = [
  ["Raw HTTP request", "From a server's log, a proxy, or curl --verbose."],
  [
    "curl command",
    "In a browser's developer tools, choose “Copy as cURL”. In Postman, choose “Code”.",
  ],
  ["HAR entry", "In a browser's developer tools, export the request with sensitive data."],
  [
    "fetch call or PowerShell command",
    "In a browser's developer tools, choose “Copy as fetch” or “Copy as PowerShell”.",
  ],
  ["JSON", "An object with method, url, headers and body."],
  ["Signed URL", "With the protocol parameters in its query. It is read as a GET request."],
] as const;

const ANSWERS = [
  "Whether the signature is right, and whether a server accepts the request now.",
  "The mistake of your client, its section of RFC 5849, and the smallest change that corrects it. " +
    "The inspector proves it: it signs with the mistake and gets the signature that you pasted.",
  "The base string that your client signed, beside the right one.",
];
