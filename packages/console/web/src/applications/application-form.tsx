import { methodDescriptions } from "@oauth1/signature-methods/descriptions";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Field } from "../components/field.js";
import { Problem } from "../components/problem.js";
import type { Draft } from "../components/use-draft.js";
import { type ApplicationFields, LABELS } from "./application-fields.js";

interface Props {
  readonly draft: Draft<ApplicationFields>;
  /** The buttons. */
  readonly children: ComponentChildren;
}

/** Registered applications sign with their shared secret. */
const METHODS = methodDescriptions.filter(({ keyType }) => keyType === "shared-secret");

/** The form for a new application or an edit. Each error appears at its field. */
export function ApplicationForm({ draft, children }: Props) {
  const { fields, change, faults, isBusy } = draft;
  const form = useRef<HTMLFormElement>(null);
  // A layout effect moves the focus to the first wrong field before the page is painted.
  useLayoutEffect(() => {
    if (draft.rejections > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [draft.rejections]);

  /** Returns the error of a field. The server names a wrong line by its number. */
  const fault = (name: keyof ApplicationFields) => {
    const found = faults.find(({ path }) => path.split("/")[1] === name);
    const index = /^\/\w+\/(\d+)$/.exec(found?.path ?? "")?.[1];
    const value = fields[name];
    if (found === undefined || index === undefined || typeof value === "string") {
      return found?.message;
    }
    const wrong = value.filter((line) => line.trim() !== "")[Number(index)];
    return wrong === undefined ? found.message : `${wrong.trim()}: ${found.message}`;
  };
  const text = (name: "applicationName" | "developerName") => (
    <Field label={LABELS[name]} name={name} fault={fault(name)}>
      {(attributes) => (
        <input
          {...attributes}
          dir="auto"
          autocomplete="off"
          value={fields[name]}
          readOnly={isBusy}
          onInput={(event) => change({ [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  const list = (name: "access" | "callbacks", hint: string, isCode = false) => (
    <Field label={LABELS[name]} name={name} hint={hint} fault={fault(name)}>
      {(attributes) => (
        <textarea
          {...attributes}
          class={isCode ? "mono" : undefined}
          dir={isCode ? undefined : "auto"}
          rows={Math.min(8, Math.max(2, fields[name].length + 1))}
          spellcheck={!isCode}
          autocomplete="off"
          value={fields[name].join("\n")}
          readOnly={isBusy}
          onInput={({ currentTarget: { value } }) =>
            change({ [name]: value === "" ? [] : value.split("\n") })
          }
        />
      )}
    </Field>
  );

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) draft.submit();
      }}
    >
      {text("applicationName")}
      {text("developerName")}
      {list(
        "access",
        "optional, a sentence a line, such as “See your photos”; the consent page shows it",
      )}
      {list("callbacks", "one URL a line, or oob for an application that asks for a code", true)}
      <fieldset aria-describedby="signature-methods-fault" class="permissions">
        <legend>{LABELS.signatureMethods}</legend>
        {METHODS.map(({ name, revealsSecrets }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={fields.signatureMethods.includes(name)}
              disabled={isBusy}
              aria-invalid={fault("signatureMethods") ? "true" : undefined}
              onChange={(event) =>
                change({
                  signatureMethods: event.currentTarget.checked
                    ? [...fields.signatureMethods, name]
                    : fields.signatureMethods.filter((other) => other !== name),
                })
              }
            />
            <span>
              {name}
              {revealsSecrets && (
                <small class="description">Sends the secrets. It works over https only.</small>
              )}
            </span>
          </label>
        ))}
        <small id="signature-methods-fault" class="field-fault">
          {fault("signatureMethods")}
        </small>
      </fieldset>
      <Problem message={draft.problem} />
      {children}
    </form>
  );
}
