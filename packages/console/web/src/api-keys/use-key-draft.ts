import { useState } from "preact/hooks";
import { type Draft, useDraft } from "../components/use-draft.js";
import { faultsOf, fieldsOf, type KeyFields, LABELS } from "./key-fields.js";

/** The input of the form of a key, and its errors. */
export type KeyDraft = Draft<KeyFields>;

/**
 * Keeps the input. A category gets the permissions back that were selected before in it.
 *
 * @param saved - The saved fields.
 * @param save - Saves the fields. If it throws, the draft shows the error.
 */
export function useKeyDraft(
  saved: KeyFields,
  save: (fields: KeyFields) => Promise<void>,
): KeyDraft {
  const [selected, setSelected] = useState<Readonly<Record<string, readonly string[]>>>({});
  const draft = useDraft(RULES, saved, save);
  const { category, permissions } = draft.fields;
  return {
    ...draft,
    change(part) {
      setSelected((before) => ({ ...before, [category]: permissions }));
      const of = part.category;
      const again = of === undefined ? undefined : { permissions: selected[of] ?? [] };
      draft.change({ ...again, ...part });
    },
  };
}

const RULES = { labels: LABELS, stored: fieldsOf, faultsOf };
