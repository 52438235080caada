import type { ApiKey } from "@oauth1/api-keys";
import { useEffect, useState } from "preact/hooks";
import { UnsavedChanges } from "../../components/unsaved-changes.js";
import { ConsoleProblem } from "../../session/console-api.js";
import { useApi } from "../../session/session.js";
import { Conflict, conflictsOf, part } from "../conflict.js";
import { differences, type KeyFields } from "../key-fields.js";
import { KeyForm } from "../key-form.js";
import { useKeyDraft } from "../use-key-draft.js";
import type { KeySectionProps } from "./key-section.js";

/** The names, category and permissions of a key, in a form. */
export function Privileges({ apiKey, catalogue, mayChange, path, onKey }: KeySectionProps) {
  const ask = useApi();
  const [isSaved, setSaved] = useState(false);
  // The fields from which the draft started. Other sections and other users can change the key too.
  const [base, setBase] = useState<KeyFields>(apiKey);
  // The draft at the time when another user's change arrived, as long as the user compares.
  const [mine, setMine] = useState<KeyFields>();

  const patch = async (fields: KeyFields, { version }: ApiKey) => {
    const found = await ask<ApiKey>(path, { method: "PATCH", body: { ...fields, version } });
    setBase(found);
    setMine(undefined);
    // The server stores addresses in canonical form.
    draft.change({ allowedAddresses: found.allowedAddresses });
    onKey(found);
    setSaved(true);
  };
  const draft = useKeyDraft(apiKey, async (fields) => {
    setSaved(false);
    try {
      await patch(fields, apiKey);
    } catch (error) {
      if (!(error instanceof ConsoleProblem) || error.code !== "stale") throw error;
      const latest = await ask<ApiKey>(path);
      // A change of the status or the secrets does not need a decision.
      if (differences(latest, apiKey).length === 0) return patch(fields, latest);
      onKey(latest);
    }
  });

  useEffect(() => {
    const changed = conflictsOf(base, apiKey);
    if (changed.length === 0) return;
    // The other user's changes of fields that this user did not change go into the form.
    const touched = conflictsOf(base, draft.fields);
    for (const each of changed) if (!touched.includes(each)) draft.change(part(each, apiKey));
    if (touched.length === 0) setBase(apiKey);
    else setMine((before) => before ?? draft.fields);
  }, [apiKey, base]);

  return (
    <>
      <h2>{mayChange ? "Edit privileges" : "Privileges"}</h2>
      <UnsavedChanges isActive={draft.isChanged} />
      <KeyForm catalogue={catalogue} draft={draft} mayChange={mayChange}>
        {mine && (
          <Conflict catalogue={catalogue} base={base} mine={mine} theirs={apiKey} draft={draft} />
        )}
      </KeyForm>
      <p role="status" class="good">
        {isSaved && !draft.isChanged && "Saved."}
      </p>
    </>
  );
}
