import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** The attributes that connect a control to its label and its error. */
export interface ControlAttributes {
  readonly id: string;
  readonly name: string;
  readonly "aria-describedby": string;
  readonly "aria-invalid": "true" | undefined;
}

interface Props {
  readonly label: string;
  readonly name: string;
  readonly hint?: string;
  /** Why the value is wrong. */
  readonly fault: string | undefined;
  readonly children: (attributes: ControlAttributes) => ComponentChildren;
}

/** A labelled control with its error below. */
export function Field({ label, name, hint, fault, children }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>
        {label} {hint !== undefined && <small>({hint})</small>}
      </label>
      {children({
        id,
        name,
        "aria-describedby": `${id}-fault`,
        "aria-invalid": fault === undefined ? undefined : "true",
      })}
      <small id={`${id}-fault`} class="field-fault">
        {fault}
      </small>
    </div>
  );
}
