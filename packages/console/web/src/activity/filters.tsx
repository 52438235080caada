import type { AuditChoices } from "@oauth1/api-keys/admin";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { type ActivityFilter, activityAddress, isEmpty } from "./activity-query.js";
import { capitalized } from "./describe-entry.js";

interface Props {
  readonly filter: ActivityFilter;
  readonly choices: AuditChoices;
}

/** The form of the filters. They apply when the form is submitted, and are then in the address. */
export function Filters({ filter, choices }: Props) {
  const { route } = useLocation();
  const [draft, setDraft] = useState(filter);
  const change = (name: keyof ActivityFilter, value: string) =>
    setDraft({ ...draft, [name]: value });
  const select = (
    label: string,
    name: keyof ActivityFilter,
    options: readonly { readonly value: string; readonly text: string }[],
  ) => {
    const value = draft[name];
    const isKnown = value === "" || options.some((option) => option.value === value);
    return (
      <label>
        {label}
        <select
          name={name}
          value={value}
          onChange={(event) => change(name, event.currentTarget.value)}
        >
          <option value="">All</option>
          {/* An address can contain a value that is no longer a choice. */}
          {!isKnown && <option value={value}>{value}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      </label>
    );
  };
  const day = (label: string, name: "from" | "to") => (
    <label>
      {label}
      <input
        type="date"
        name={name}
        value={draft[name]}
        onInput={(event) => change(name, event.currentTarget.value)}
      />
    </label>
  );
  const named = (things: readonly { readonly id: string; readonly name: string }[]) =>
    things.map(({ id, name }) => ({ value: id, text: name }));
  return (
    <form
      class="activity-filters"
      onSubmit={(event) => {
        event.preventDefault();
        route(activityAddress(draft));
      }}
    >
      {select(
        "Changed by",
        "actor",
        choices.actors.map((name) => ({ value: name, text: name })),
      )}
      {select(
        "Action",
        "action",
        choices.actions.map((action) => ({ value: action, text: capitalized(action) })),
      )}
      {select("API key", "keyId", named(choices.keys))}
      {select("Member", "userId", named(choices.users))}
      {select("Application", "applicationId", named(choices.applications))}
      {day("From", "from")}
      {day("To", "to")}
      <div class="actions">
        <button type="submit">Filter</button>
        {!isEmpty(filter) && (
          <a class="button quiet-button" href="/activity">
            Clear filters
          </a>
        )}
      </div>
    </form>
  );
}
