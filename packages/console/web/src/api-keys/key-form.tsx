import type { Catalogue } from "@oauth1/api-keys";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { BusyButton } from "../components/busy-button.js";
import { Problem } from "../components/problem.js";
import { BotHint } from "./bot-hint.js";
import { Field } from "./form-field.js";
import { LABELS } from "./key-fields.js";
import { listAddress } from "./list-address.js";
import { endpointOf } from "./permission-endpoint.js";
import { RestrictionFields } from "./usage/restriction-fields.js";
import type { KeyDraft } from "./use-key-draft.js";

interface Props {
  readonly catalogue: Catalogue;
  readonly draft: KeyDraft;
  /** False makes the form read-only. */
  readonly mayChange: boolean;
  /** What the page shows above the buttons. */
  readonly children?: ComponentChildren;
}

/** The form for a new key or an edit. Each error appears at its field. */
export function KeyForm({ catalogue, draft, mayChange, children }: Props) {
  const { fields, change, faults, isBusy } = draft;
  const form = useRef<HTMLFormElement>(null);
  const category = catalogue.categories.find(({ id }) => id === fields.category);
  // What is saved is what the form shows: it does not change while it is sent.
  const isLocked = !mayChange || isBusy;

  // A layout effect moves the focus to the first wrong field before the page is painted.
  useLayoutEffect(() => {
    if (draft.rejections > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [draft.rejections]);

  const fault = (path: string) => faults.find((candidate) => candidate.path.startsWith(path));
  const text = (name: "applicationName" | "developerName", autocomplete: "off" | "name") => (
    <Field label={LABELS[name]} name={name} fault={fault(`/${name}`)}>
      {(attributes) => (
        <input
          {...attributes}
          dir="auto"
          autocomplete={autocomplete}
          value={fields[name]}
          readOnly={isLocked}
          onInput={(event) => change({ [name]: event.currentTarget.value })}
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
        if (!isLocked) draft.submit();
      }}
    >
      {text("applicationName", "off")}
      {fields.description === null ? (
        mayChange && (
          <button
            type="button"
            class="link add-description"
            onClick={() => change({ description: "" })}
          >
            Add description
          </button>
        )
      ) : (
        <Field
          label={LABELS.description}
          name="description"
          hint="optional"
          fault={fault("/description")}
        >
          {(attributes) => (
            <textarea
              {...attributes}
              dir="auto"
              rows={3}
              value={fields.description ?? ""}
              readOnly={isLocked}
              onInput={(event) => change({ description: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      {text("developerName", "name")}
      <Field label={LABELS.category} name="category" fault={fault("/category")}>
        {(attributes) => (
          <select
            {...attributes}
            value={fields.category}
            disabled={isLocked}
            onChange={(event) => change({ category: event.currentTarget.value })}
          >
            <option value="" disabled>
              Choose a category
            </option>
            {catalogue.categories.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {mayChange && <BotHint catalogue={catalogue} category={fields.category} />}
      {category && (
        <fieldset aria-describedby="permissions-fault" class="permissions">
          <legend>{LABELS.permissions}</legend>
          {category.description && <p class="lead">{category.description}.</p>}
          {category.permissions.map(({ id, name, access, description }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={fields.permissions.includes(id)}
                disabled={isLocked}
                aria-invalid={fault("/permissions") ? "true" : undefined}
                onChange={(event) =>
                  change({
                    permissions: event.currentTarget.checked
                      ? [...fields.permissions, id]
                      : fields.permissions.filter((other) => other !== id),
                  })
                }
              />
              <span>
                {name} <small>({access})</small>
                <small class="description">
                  {description && `${description}. `}
                  <code>{endpointOf({ category: category.id, permission: id, access })}</code>
                </small>
              </span>
            </label>
          ))}
          <small id="permissions-fault" class="field-fault">
            {fault("/permissions")?.message}
          </small>
        </fieldset>
      )}
      <RestrictionFields draft={draft} isLocked={isLocked} />
      {children}
      <Problem message={draft.problem} />
      {mayChange && (
        <div class="actions">
          <BusyButton type="submit" isBusy={isBusy}>
            Save
          </BusyButton>
          <a class="button quiet-button" href={listAddress()}>
            Cancel
          </a>
        </div>
      )}
    </form>
  );
}
