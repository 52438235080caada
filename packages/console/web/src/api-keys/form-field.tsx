import type { FieldFault } from "../session/console-api.js";

interface FieldAttributes {
  readonly id: string;
  readonly name: string;
  readonly "aria-invalid"?: "true";
  readonly "aria-describedby": string;
}

/** A field of a form with its label, and its error below it. */
export function Field(props: {
  readonly label: string;
  readonly name: string;
  readonly hint?: string;
  readonly fault: FieldFault | undefined;
  readonly children: (attributes: FieldAttributes) => preact.JSX.Element;
}) {
  const { label, name, hint, fault, children } = props;
  return (
    <div class="field">
      <label for={name}>
        {label} {hint && <small>({hint})</small>}
      </label>
      {children({
        id: name,
        name,
        ...(fault ? { "aria-invalid": "true" } : {}),
        "aria-describedby": `${name}-fault`,
      })}
      <small id={`${name}-fault`} class="field-fault">
        {fault?.message}
      </small>
    </div>
  );
}
