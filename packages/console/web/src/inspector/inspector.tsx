import { useEffect, useMemo, useState } from "preact/hooks";
import { errorMessage } from "../components/error-message.js";
import { readRequest } from "../request/read-request.js";
import { alignBaseStrings } from "./align-base-strings.js";
import { type Inspection, inspectRequest, type Secrets } from "./inspect-request.js";

const NO_SECRETS: Secrets = { clientSharedSecret: "", tokenSharedSecret: "", publicKey: "" };

/** "Why is my signature invalid?": compares a sent request with what should have been signed. */
export default function Inspector() {
  const [text, setText] = useState("");
  const [secrets, setSecrets] = useState(NO_SECRETS);
  const [clientBaseString, setClientBaseString] = useState("");
  const [inspection, setInspection] = useState<Inspection>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let isCurrent = true;
    const show = (found: Inspection | undefined, wrong: string | undefined) => {
      if (!isCurrent) return;
      setInspection(found);
      setProblem(wrong);
    };
    if (text.trim() === "") {
      show(undefined, undefined);
    } else {
      inspect(text, secrets).then(
        (found) => show(found, undefined),
        (error) => show(undefined, errorMessage(error)),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [text, secrets]);

  const secret = (name: keyof Secrets, label: string, hint: string) => (
    <label>
      {label} <small>({hint})</small>
      <input
        class="mono"
        autocomplete="off"
        spellcheck={false}
        value={secrets[name]}
        onInput={(event) => setSecrets({ ...secrets, [name]: event.currentTarget.value })}
      />
    </label>
  );

  return (
    <section class="page">
      <h1>Why is my signature invalid?</h1>
      <p class="lead">
        Paste the request as it was sent, with its signature, and enter the secrets. This page
        checks it as a server does. Nothing leaves the page.
      </p>
      <div class="columns">
        <form onSubmit={(event) => event.preventDefault()}>
          <label>
            Signed request{" "}
            <small>(HTTP request, curl command, HAR entry, fetch call, JSON, or signed URL)</small>
            <textarea
              rows={8}
              spellcheck={false}
              placeholder={
                "POST /request?b5=%3D%253D HTTP/1.1\nHost: example.com\nAuthorization: OAuth oauth_consumer_key=…"
              }
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </label>
          <div class="pair">
            {secret("clientSharedSecret", "Client shared-secret", "consumer secret")}
            {secret("tokenSharedSecret", "Token shared-secret", "access token secret")}
          </div>
          <label>
            Public key <small>(PEM, for RSA)</small>
            <textarea
              rows={2}
              spellcheck={false}
              value={secrets.publicKey}
              onInput={(event) => setSecrets({ ...secrets, publicKey: event.currentTarget.value })}
            />
          </label>
          <label>
            Your client's base string <small>(optional)</small>
            <textarea
              rows={4}
              spellcheck={false}
              value={clientBaseString}
              onInput={(event) => setClientBaseString(event.currentTarget.value)}
            />
          </label>
        </form>
        <div aria-live="polite">
          {problem !== undefined && <p class="problem">{problem}</p>}
          {inspection && (
            <Result inspection={inspection} clientBaseString={clientBaseString.trim()} />
          )}
          {problem === undefined && inspection === undefined && (
            <p class="lead">The result appears here.</p>
          )}
        </div>
      </div>
    </section>
  );
}

async function inspect(text: string, secrets: Secrets): Promise<Inspection> {
  return inspectRequest(readRequest(text), secrets, Math.floor(Date.now() / 1000));
}

interface ResultProps {
  readonly inspection: Inspection;
  readonly clientBaseString: string;
}

function Result({ inspection, clientBaseString }: ResultProps) {
  const { isValid, findings, baseString, protocolParameters } = inspection;
  return (
    <>
      <p class={`verdict ${isValid ? "good" : "bad"}`}>
        {isValid ? "The signature is valid." : "The signature is not valid."}
      </p>
      {findings.length > 0 && (
        <ul>
          {findings.map(({ section, text }) => (
            <li key={text}>
              {text} <small>RFC 5849 {section}</small>
            </li>
          ))}
        </ul>
      )}
      {baseString !== undefined &&
        (clientBaseString === "" ? (
          <article class="step">
            <header>
              <h2>Expected base string</h2>
              <small>RFC 5849 §3.4.1.1</small>
            </header>
            <pre class="wire">{baseString}</pre>
            {!isValid && (
              <p>
                To find the first difference, paste your client's base string. If both are equal,
                the key is wrong: it must be both secrets, percent-encoded and joined by{" "}
                <code>&amp;</code>.
              </p>
            )}
          </article>
        ) : (
          <Difference right={baseString} other={clientBaseString} isValid={isValid} />
        ))}
      <article class="step">
        <header>
          <h2>Received protocol parameters</h2>
          <small>RFC 5849 §3.1</small>
        </header>
        <pre class="wire">
          {protocolParameters.map(([name, value]) => `${name} = ${value}`).join("\n") || "none"}
        </pre>
      </article>
    </>
  );
}

function Difference(props: {
  readonly right: string;
  readonly other: string;
  readonly isValid: boolean;
}) {
  const { right, other, isValid } = props;
  const { index, place } = useMemo(() => alignBaseStrings(right, other), [right, other]);
  if (index === undefined) {
    return (
      <p>
        Both base strings are equal.
        {!isValid &&
          " The key is wrong: check the secrets, their encoding and the & between them (RFC 5849 §3.4.2)."}
      </p>
    );
  }
  return (
    <article class="step difference">
      <header>
        <h2>First difference: {place}</h2>
        <small>at character {index + 1}</small>
      </header>
      <h3>Expected</h3>
      <Marked text={right} index={index} />
      <h3>Your client's</h3>
      <Marked text={other} index={index} />
    </article>
  );
}

function Marked({ text, index }: { readonly text: string; readonly index: number }) {
  return (
    <pre class="wire">
      {text.slice(0, index)}
      <mark>{text.slice(index, index + 1) || "∅"}</mark>
      {text.slice(index + 1)}
    </pre>
  );
}
