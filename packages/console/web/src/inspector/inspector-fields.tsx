import type { Inspection } from "./explain-request.js";
import type { InspectorInput, Scheme } from "./inspector-input.js";

interface Props {
  readonly input: InspectorInput;
  readonly change: (part: Partial<InspectorInput>) => void;
  /**
   * The last explanation, which determines the secrets that the request needs, and whether its
   * scheme is known.
   */
  readonly inspection: Inspection | undefined;
}

/** The fields for a request: its text and the secrets, and more under "More options". */
export function InspectorFields({ input, change, inspection }: Props) {
  const needsKey = inspection?.diagnosis.neededSecrets.includes("publicKey");
  return (
    <>
      <Area
        label="Signed request"
        hint="HTTP request, curl command, HAR entry, fetch call, JSON, or signed URL"
        rows={12}
        placeholder={
          "POST /request?b5=%3D%253D HTTP/1.1\nHost: example.com\nAuthorization: OAuth oauth_consumer_key=…"
        }
        value={input.text}
        onChange={(text) => change({ text })}
      />
      {(inspection?.scheme !== undefined || input.scheme !== undefined) && (
        <SchemeChoice scheme={input.scheme} onChange={(scheme) => change({ scheme })} />
      )}
      {needsKey ? (
        <Area
          label="Public key"
          hint="PEM"
          rows={6}
          value={input.publicKey}
          onChange={(publicKey) => change({ publicKey })}
        />
      ) : (
        <div class="pair">
          <Line
            label="Client shared-secret"
            hint="consumer secret"
            value={input.clientSharedSecret}
            onChange={(clientSharedSecret) => change({ clientSharedSecret })}
          />
          <Line
            label="Token shared-secret"
            hint="access token secret"
            value={input.tokenSharedSecret}
            onChange={(tokenSharedSecret) => change({ tokenSharedSecret })}
          />
        </div>
      )}
      <MoreOptions input={input} change={change} />
    </>
  );
}

function SchemeChoice(props: {
  readonly scheme: Scheme | undefined;
  readonly onChange: (scheme: Scheme | undefined) => void;
}) {
  return (
    <label>
      Sent by <small>(the text does not contain the scheme)</small>
      <select
        value={props.scheme ?? ""}
        onChange={({ currentTarget: { value } }) =>
          props.onChange(value === "" ? undefined : (value as Scheme))
        }
      >
        <option value="">http or https: try both</option>
        <option value="http">http</option>
        <option value="https">https</option>
      </select>
    </label>
  );
}

function MoreOptions({ input, change }: Omit<Props, "inspection">) {
  return (
    <details>
      <summary>More options</summary>
      <Area
        label="Your client's base string"
        hint="what it prints, if it prints one"
        rows={4}
        value={input.baseString}
        onChange={(baseString) => change({ baseString })}
      />
      <Line
        label="Other hosts"
        hint="that the client may have signed, such as a server behind a proxy"
        value={input.hosts}
        onChange={(hosts) => change({ hosts })}
      />
      <Line
        label="Path prefixes"
        hint="that a gateway adds or removes, such as /api"
        value={input.pathPrefixes}
        onChange={(pathPrefixes) => change({ pathPrefixes })}
      />
      <label>
        <input
          type="checkbox"
          checked={input.hasEmptySecret}
          onChange={(event) => change({ hasEmptySecret: event.currentTarget.checked })}
        />
        An empty secret is correct: it was issued empty
      </label>
    </details>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Line({ label, hint, value, onChange }: FieldProps) {
  return (
    <label>
      {label} <small>({hint})</small>
      <input
        class="mono"
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

function Area(props: FieldProps & { readonly rows: number; readonly placeholder?: string }) {
  return (
    <label>
      {props.label} <small>({props.hint})</small>
      <textarea
        rows={props.rows}
        autocomplete="off"
        spellcheck={false}
        placeholder={props.placeholder}
        value={props.value}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </label>
  );
}
