import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { findSignatureMethod, signatureMethodNames } from "@oauth1/signature-methods/registry";
import type { Transmission } from "@oauth1/signer";
import { useEffect, useMemo, useState } from "preact/hooks";
import { errorMessage } from "../components/error-message.js";
import { type RequestText, readHeadersOnly, readRequest } from "../request/read-request.js";
import {
  explainSignature,
  type PlaygroundInput,
  type SignatureSteps,
} from "./explain-signature.js";
import { LinkDialog } from "./link-dialog.js";
import { linkedInput } from "./linked-input.js";
import { freshNonceAndTimestamp, signedInput, unsignedInput } from "./pasted-input.js";
import { type PastedSignature, pastedSignature } from "./pasted-signature.js";
import { permalinkFragment, readPermalink } from "./permalink.js";
import { RequestFields } from "./request-fields.js";
import { SignatureComparison } from "./signature-comparison.js";
import { Steps } from "./steps.js";

/** The request of RFC 5849 §1.2 with its credentials. */
const RFC_EXAMPLE: PlaygroundInput = {
  request: {
    method: "GET",
    url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
    headers: [],
    body: "",
  },
  clientIdentifier: "dpf43f3p2l4k3l03",
  clientSharedSecret: "kd94hf93k423kf44",
  privateKey: "",
  tokenIdentifier: "nnch734d00sl2jdk",
  tokenSharedSecret: "pfkkdhi9sl3r4s00",
  signatureMethod: hmacSha1.name,
  transmission: "header",
  realm: "Photos",
  timestamp: "137131202",
  nonce: "chapoH",
  hasVersion: false,
  further: [],
};

type Outcome =
  | { readonly steps: SignatureSteps }
  | { readonly problem: string; readonly steps?: undefined };

/** Shows every step of a signature as you type. Nothing leaves the page. */
export default function Playground() {
  const [input, setInput] = useState(initialInput);
  const [pasted, setPasted] = useState("");
  const [pasteProblem, setPasteProblem] = useState<string>();
  const [signature, setSignature] = useState<PastedSignature>();
  /** True after text that cannot be read was pasted, until a field is changed. */
  const [isStale, setStale] = useState(false);
  const [linkState, setLinkState] = useState("");
  const [outcome, setOutcome] = useState<Outcome>();
  const [isLinking, setLinking] = useState(false);
  const change = (part: Partial<PlaygroundInput>) => {
    setStale(false);
    setInput((before) => ({ ...before, ...part }));
  };

  useEffect(() => {
    let isCurrent = true;
    explainSignature(input).then(
      (steps) => isCurrent && setOutcome({ steps }),
      (error) => isCurrent && setOutcome({ problem: errorMessage(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [input]);

  const linkable = useMemo(() => linkedInput(input), [input]);
  const link = `${location.origin}${location.pathname}${permalinkFragment(linkable.linked)}`;

  const paste = (text: string) => {
    setPasted(text);
    setPasteProblem(undefined);
    setStale(false);
    setSignature(undefined);
    if (text.trim() === "") return;
    try {
      const headers = readHeadersOnly(text);
      const found = headers && pastedSignature(headers);
      const request = found === undefined ? readRequest(text) : undefined;
      const signed = found ?? (request && pastedSignature(request));
      setSignature(signed);
      setInput((before) =>
        signed === undefined
          ? unsignedInput(request as RequestText, before, RFC_EXAMPLE)
          : signedInput(signed, before),
      );
      if (found !== undefined) setPasteProblem(HEADER_ONLY);
    } catch (error) {
      setPasteProblem(errorMessage(error));
      setStale(true);
    }
  };
  const showExample = () => {
    paste("");
    setInput(RFC_EXAMPLE);
  };
  const needed = neededFields(input);

  return (
    <section class="page">
      <h1>Playground</h1>
      <p class="lead">
        Every step from a request to its signature (RFC 5849 §3.4). This page computes everything,
        so secrets never leave it.
      </p>
      <div class="columns">
        <form onSubmit={(event) => event.preventDefault()}>
          <label>
            Paste a curl command, an HTTP request, a HAR entry, a fetch call, an Authorization
            header or a URL
            <textarea
              rows={3}
              spellcheck={false}
              value={pasted}
              aria-invalid={pasteProblem === undefined ? undefined : "true"}
              aria-describedby="paste-problem"
              onInput={(event) => paste(event.currentTarget.value)}
            />
          </label>
          <p id="paste-problem" class={pasteProblem === undefined ? undefined : "problem"}>
            {pasteProblem}
          </p>
          <RequestFields request={input.request} onChange={(request) => change({ request })} />
          <Credentials input={input} change={change} />
          <Parameters input={input} change={change} />
          <div class="actions">
            <button type="button" class="quiet" onClick={() => change(freshNonceAndTimestamp())}>
              New nonce and timestamp
            </button>
            <button type="button" class="quiet" onClick={showExample}>
              RFC example
            </button>
            <button
              type="button"
              class="quiet"
              onClick={() => {
                setLinkState("");
                setLinking(true);
              }}
            >
              Link without secrets
            </button>
            <span role="status">{linkState}</span>
          </div>
        </form>
        <div aria-live="polite">
          {isStale ? (
            <p class="problem">
              The pasted text is not a request that this page can read, so there are no steps.
              Correct it, or edit the fields.
            </p>
          ) : (
            <>
              {signature !== undefined && (
                <SignatureComparison
                  text={pasted}
                  pasted={signature}
                  input={input}
                  steps={needed === undefined ? outcome?.steps : undefined}
                />
              )}
              {needed !== undefined ? (
                <p class="problem">{needed}</p>
              ) : outcome?.steps ? (
                <Steps steps={outcome.steps} input={input} />
              ) : (
                outcome && <p class="problem">{outcome.problem}</p>
              )}
            </>
          )}
        </div>
      </div>
      {isLinking && (
        <LinkDialog
          linkable={linkable}
          link={link}
          onClose={() => setLinking(false)}
          onShown={() => {
            setLinking(false);
            setLinkState("The link is in the address bar.");
          }}
        />
      )}
    </section>
  );
}

interface PartProps {
  readonly input: PlaygroundInput;
  readonly change: (part: Partial<PlaygroundInput>) => void;
}

function Credentials({ input, change }: PartProps) {
  const signsByKey = findSignatureMethod(input.signatureMethod)?.keyType === "rsa";
  return (
    <>
      <div class="pair">
        <Text
          label="Client identifier"
          hint="consumer key, App key"
          value={input.clientIdentifier}
          onChange={(clientIdentifier) => change({ clientIdentifier })}
        />
        {!signsByKey && (
          <Text
            label="Client shared-secret"
            hint="consumer secret"
            value={input.clientSharedSecret}
            onChange={(clientSharedSecret) => change({ clientSharedSecret })}
          />
        )}
      </div>
      {signsByKey && (
        <label>
          Private key <small>(PEM)</small>
          <textarea
            rows={4}
            spellcheck={false}
            autocomplete="off"
            value={input.privateKey}
            onInput={(event) => change({ privateKey: event.currentTarget.value })}
          />
        </label>
      )}
      <div class="pair">
        <Text
          label="Token identifier"
          hint="access token; empty for none"
          value={input.tokenIdentifier}
          onChange={(tokenIdentifier) => change({ tokenIdentifier })}
        />
        <Text
          label="Token shared-secret"
          hint="access token secret"
          value={input.tokenSharedSecret}
          onChange={(tokenSharedSecret) => change({ tokenSharedSecret })}
        />
      </div>
    </>
  );
}

function Parameters({ input, change }: PartProps) {
  return (
    <>
      <div class="pair">
        <label>
          Signature method
          <select
            value={input.signatureMethod}
            onChange={(event) => change({ signatureMethod: event.currentTarget.value })}
          >
            {signatureMethodNames.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          Transmission
          <select
            value={input.transmission}
            onChange={(event) =>
              change({ transmission: event.currentTarget.value as Transmission })
            }
          >
            <option value="header">Authorization header</option>
            <option value="form-body">form body</option>
            <option value="query">query</option>
          </select>
        </label>
      </div>
      <div class="pair">
        <Text
          label="Timestamp"
          hint="seconds"
          value={input.timestamp}
          onChange={(timestamp) => change({ timestamp })}
        />
        <Text label="Nonce" value={input.nonce} onChange={(nonce) => change({ nonce })} />
        <Text
          label="Realm"
          hint="never signed"
          value={input.realm}
          onChange={(realm) => change({ realm })}
        />
      </div>
      <label>
        <input
          type="checkbox"
          checked={input.hasVersion}
          onChange={(event) => change({ hasVersion: event.currentTarget.checked })}
        />
        Send <code>oauth_version</code>
      </label>
      {input.further.length > 0 && (
        <p>
          Also signed, from the pasted request:{" "}
          {input.further.map(([name]) => (
            <code key={name}>{name} </code>
          ))}
        </p>
      )}
    </>
  );
}

function Text(props: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label>
      {props.label} {props.hint && <small>({props.hint})</small>}
      <input
        class="mono"
        autocomplete="off"
        spellcheck={false}
        value={props.value}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </label>
  );
}

function initialInput(): PlaygroundInput {
  const linked = readPermalink(location.hash);
  return linked === undefined
    ? RFC_EXAMPLE
    : { ...linked, clientSharedSecret: "", tokenSharedSecret: "", privateKey: "", further: [] };
}

const HEADER_ONLY =
  "The method and the URL are missing: enter them below, and the Content-Type and the body of a form.";

/** Asks for the missing values that every signature needs. */
function neededFields({ request, clientIdentifier }: PlaygroundInput): string | undefined {
  const empty = [
    ...(request.method === "" ? ["method"] : []),
    ...(request.url === "" ? ["URL"] : []),
    ...(clientIdentifier === "" ? ["client identifier"] : []),
  ];
  return empty.length === 0 ? undefined : `Enter the ${empty.join(" and the ")} to see the steps.`;
}
