import type { ApiKey, KeyCall, KeyCalls } from "@oauth1/api-keys";
import { useState } from "preact/hooks";
import { dateAndTime } from "../date-and-time.js";
import { inspectorAddress } from "./inspector-address.js";

interface Props {
  readonly calls: KeyCalls;
  readonly apiKey: ApiKey;
}

const FEW = 5;

/** The last calls of a key. Opening a rejected call shows its reason. */
export function RecentCalls({ calls: { calls, areRecorded }, apiKey }: Props) {
  const [isWhole, setWhole] = useState(false);
  if (!areRecorded) {
    return <p class="lead">This server does not record recent calls.</p>;
  }
  const shown = isWhole ? calls : calls.slice(0, FEW);
  return (
    <>
      <h3>Recent calls</h3>
      {calls.length === 0 ? (
        <p class="lead">None yet. Calls with this key appear here within a minute.</p>
      ) : (
        <ol class="recent-calls">
          {shown.map((call, index) => (
            <li key={`${call.at} ${index}`}>
              <Call call={call} apiKey={apiKey} />
            </li>
          ))}
        </ol>
      )}
      {calls.length > FEW && (
        <button type="button" class="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Show fewer" : `Show all ${calls.length}`}
        </button>
      )}
    </>
  );
}

function Call({ call, apiKey }: { readonly call: KeyCall; readonly apiKey: ApiKey }) {
  const line = (
    <>
      <span class={`status ${call.status < 400 ? "good" : "bad"}`}>{call.status}</span>{" "}
      <code class="request">
        {call.method} {call.path}
        {call.queryNames.length > 0 && `?${call.queryNames.map((name) => `${name}=…`).join("&")}`}
      </code>{" "}
      {call.problem && <code class="problem-code">{call.problem}</code>}{" "}
      <small>{dateAndTime(call.at)}</small>
    </>
  );
  if (call.explanation === null) return <div class="call">{line}</div>;
  return (
    <details class="call">
      <summary>{line}</summary>
      <p dir="auto">{sentence(call.explanation)}</p>
      {call.mistakes.length > 0 && (
        <p>
          <small>
            Known as{" "}
            {call.mistakes.map((name) => (
              <code key={name}>{name}</code>
            ))}
          </small>
        </p>
      )}
      {call.problem === "signature_invalid" && (
        <p>
          To see what your client signs beside what it must sign,{" "}
          <a href={inspectorAddress(call, apiKey)}>open the request in the inspector</a>. You need
          its <code>Authorization</code> header, the Secret and the Access token secret: this page
          does not have them.
        </p>
      )}
    </details>
  );
}

/** The verifier's texts are parts of a sentence. */
function sentence(text: string): string {
  const capital = /^oauth_/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
