import type { Catalogue } from "@oauth1/api-keys";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isSame, type KeyFields, LABELS, valueText } from "./key-fields.js";
import type { KeyDraft } from "./use-key-draft.js";

/** A part that a user can take or keep: a field, or fields that depend on each other. */
const PARTS = {
  applicationName: ["applicationName"],
  developerName: ["developerName"],
  description: ["description"],
  privileges: ["category", "permissions"],
  allowedAddresses: ["allowedAddresses"],
  expiresAt: ["expiresAt"],
} as const satisfies Record<string, readonly (keyof KeyFields)[]>;

type Part = keyof typeof PARTS;

/** Returns the parts that differ. */
export function conflictsOf(one: KeyFields, other: KeyFields): Part[] {
  return (Object.keys(PARTS) as Part[]).filter((each) => !isSamePart(each, one, other));
}

/** Returns the fields of a part. */
export function part(name: Part, fields: KeyFields): Partial<KeyFields> {
  return Object.fromEntries(PARTS[name].map((field) => [field, fields[field]]));
}

interface Props {
  readonly catalogue: Catalogue;
  /** The fields from which both users started. */
  readonly base: KeyFields;
  readonly mine: KeyFields;
  readonly theirs: KeyFields;
  readonly draft: KeyDraft;
}

/** Shows what another user has changed, to keep one's own values or take theirs. */
export function Conflict({ catalogue, base, mine, theirs, draft }: Props) {
  const element = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => {
    element.current?.scrollIntoView({ block: "nearest" });
    element.current?.querySelector("input")?.focus();
  }, [theirs]);
  const text = (name: Part, fields: KeyFields) =>
    PARTS[name].map((field) => valueText(field, fields[field], catalogue)).join(": ");
  const choice = (name: Part, whose: string, fields: KeyFields) => (
    <label>
      <input
        type="radio"
        name={`conflict-${name}`}
        checked={isSamePart(name, draft.fields, fields)}
        onChange={() => draft.change(part(name, fields))}
      />
      <span>
        {whose}: <bdi>{text(name, fields)}</bdi>
      </span>
    </label>
  );
  return (
    <fieldset ref={element} class="conflict">
      <legend>Somebody else has changed this key</legend>
      <p>Select a value for each of their changes, then save again.</p>
      {conflictsOf(base, theirs).map((name) => (
        <fieldset key={name}>
          <legend>
            {name === "privileges" ? "Category and permissions" : LABELS[name]}{" "}
            <small>
              (before: <bdi>{text(name, base)}</bdi>)
            </small>
          </legend>
          {choice(name, "Keep mine", mine)}
          {choice(name, "Take theirs", theirs)}
        </fieldset>
      ))}
    </fieldset>
  );
}

function isSamePart(name: Part, one: KeyFields, other: KeyFields): boolean {
  return PARTS[name].every((field) => isSame(field, one, other));
}
