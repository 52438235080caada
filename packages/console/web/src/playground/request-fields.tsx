import { isFormContentType } from "@oauth1/base-string/entity-body";
import { fieldValue, type RequestText } from "../request/read-request.js";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const FORM = "application/x-www-form-urlencoded";

interface Props {
  readonly request: RequestText;
  readonly onChange: (request: RequestText) => void;
}

/** The fields for the method, URL and body of a request. */
export function RequestFields({ request, onChange }: Props) {
  const contentType = fieldValue(request, "content-type") ?? "";
  const setContentType = (value: string) =>
    onChange({
      ...request,
      headers: [
        ...request.headers.filter(([name]) => name.toLowerCase() !== "content-type"),
        ...(value === "" ? [] : [["Content-Type", value] as const]),
      ],
    });
  return (
    <>
      <div class="method-and-url">
        <label>
          Method
          <input
            class="mono"
            list="methods"
            value={request.method}
            spellcheck={false}
            onInput={(event) => onChange({ ...request, method: event.currentTarget.value })}
          />
        </label>
        <datalist id="methods">
          {METHODS.map((method) => (
            <option key={method} value={method} />
          ))}
        </datalist>
        <label>
          URL <small>(as it goes over the wire)</small>
          <input
            class="mono"
            type="text"
            inputMode="url"
            spellcheck={false}
            value={request.url}
            onInput={(event) => onChange({ ...request, url: event.currentTarget.value })}
          />
        </label>
      </div>
      <div class="pair">
        <label>
          Content-Type
          <input
            class="mono"
            list="content-types"
            spellcheck={false}
            value={contentType}
            onInput={(event) => setContentType(event.currentTarget.value)}
          />
        </label>
        <datalist id="content-types">
          <option value={FORM} />
          <option value="application/json" />
        </datalist>
      </div>
      <label>
        Body{" "}
        <small>
          (
          {isFormContentType(contentType) ? "a form: signed" : "not a form: not signed, §3.4.1.3.1"}
          )
        </small>
        <textarea
          rows={2}
          spellcheck={false}
          value={request.body}
          onInput={(event) => onChange({ ...request, body: event.currentTarget.value })}
        />
      </label>
    </>
  );
}
