import type { ApiKey, Catalogue } from "@oauth1/api-keys";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ConsoleProblem, type FieldFault } from "../session/console-api.js";

/** The fields of a key. */
export interface KeyFields {
  readonly applicationName: string;
  readonly developerName: string;
  /** `null` for none. */
  readonly description: string | null;
  readonly category: string;
  readonly permissions: readonly string[];
}

interface Props {
  readonly catalogue: Catalogue;
  /** The key to edit. If omitted, the form is for a new key. */
  readonly edited?: ApiKey;
  /** False makes the form read-only. */
  readonly mayChange: boolean;
  readonly onSave: (fields: KeyFields) => Promise<void>;
}

const NO_FIELDS: KeyFields = {
  applicationName: "",
  developerName: "",
  description: null,
  category: "",
  permissions: [],
};

/** The form for a new key or an edit. Each error appears at its field. */
export function KeyForm({ catalogue, edited, mayChange, onSave }: Props) {
  const [fields, setFields] = useState<KeyFields>(edited ?? NO_FIELDS);
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<KeyFields>) => setFields((before) => ({ ...before, ...part }));
  const category = catalogue.categories.find(({ id }) => id === fields.category);

  // A layout effect moves the focus to the first wrong field before the page is painted.
  useLayoutEffect(() => {
    if (faults.length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [faults]);

  const save = async () => {
    const found = faultsOf(fields);
    setFaults(found);
    setProblem(undefined);
    if (found.length > 0) return;
    setBusy(true);
    try {
      await onSave(trimmed(fields));
    } catch (error) {
      if (error instanceof ConsoleProblem && error.faults.length > 0) setFaults(error.faults);
      else setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };

  const fault = (path: string) => faults.find((candidate) => candidate.path.startsWith(path));
  const text = (
    name: "applicationName" | "developerName",
    label: string,
    autocomplete: "off" | "name",
  ) => (
    <Field label={label} name={name} fault={fault(`/${name}`)}>
      {(attributes) => (
        <input
          {...attributes}
          autocomplete={autocomplete}
          maxLength={100}
          value={fields[name]}
          readOnly={!mayChange}
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
        save();
      }}
    >
      {text("applicationName", "Application name", "off")}
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
        <Field label="Description" name="description" hint="optional" fault={fault("/description")}>
          {(attributes) => (
            <textarea
              {...attributes}
              rows={3}
              maxLength={1000}
              value={fields.description ?? ""}
              readOnly={!mayChange}
              onInput={(event) => change({ description: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      {text("developerName", "Developer name", "name")}
      <Field label="Category" name="category" fault={fault("/category")}>
        {(attributes) => (
          <select
            {...attributes}
            value={fields.category}
            disabled={!mayChange}
            onChange={(event) => change({ category: event.currentTarget.value, permissions: [] })}
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
      {category && (
        <fieldset aria-describedby="permissions-fault" class="permissions">
          <legend>API permissions</legend>
          {category.description && <p class="lead">{category.description}.</p>}
          {category.permissions.map(({ id, name, access, description }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={fields.permissions.includes(id)}
                disabled={!mayChange}
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
                {description && <small class="description">{description}</small>}
              </span>
            </label>
          ))}
          <small id="permissions-fault" class="field-fault">
            {fault("/permissions")?.message}
          </small>
        </fieldset>
      )}
      {problem !== undefined && (
        <p role="alert" class="problem">
          {problem}
        </p>
      )}
      {mayChange && (
        <div class="actions">
          <button type="submit" aria-busy={isBusy} disabled={isBusy}>
            Save
          </button>
          <a class="button quiet-button" href="/api-keys">
            Cancel
          </a>
        </div>
      )}
    </form>
  );
}

interface FieldAttributes {
  readonly id: string;
  readonly name: string;
  readonly "aria-invalid"?: "true";
  readonly "aria-describedby": string;
}

function Field(props: {
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

/** Finds missing values. The server checks the rest. */
function faultsOf(fields: KeyFields): FieldFault[] {
  const faults: FieldFault[] = [];
  if (fields.applicationName.trim() === "") {
    faults.push({ path: "/applicationName", message: "Enter an application name." });
  }
  if (fields.developerName.trim() === "") {
    faults.push({ path: "/developerName", message: "Enter a developer name." });
  }
  if (fields.category === "") {
    faults.push({ path: "/category", message: "Choose a category." });
  } else if (fields.permissions.length === 0) {
    faults.push({ path: "/permissions", message: "Select at least one permission." });
  }
  return faults;
}

/** Removes surrounding white space, and an empty description. */
function trimmed(fields: KeyFields): KeyFields {
  const { applicationName, developerName, description, category, permissions } = fields;
  return {
    applicationName: applicationName.trim(),
    developerName: developerName.trim(),
    description: description?.trim() || null,
    category,
    permissions,
  };
}
