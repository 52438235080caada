import type { Application } from "@oauth1/api-keys/admin";
import { useState } from "preact/hooks";
import { BusyButton } from "../../components/busy-button.js";
import { UnsavedChanges } from "../../components/unsaved-changes.js";
import { changedFields, useDraft } from "../../components/use-draft.js";
import { ConsoleProblem } from "../../session/console-api.js";
import { useApi } from "../../session/session.js";
import { type ApplicationFields, LABELS, RULES, valueText } from "../application-fields.js";
import { ApplicationForm } from "../application-form.js";
import type { ApplicationSectionProps } from "./application-section.js";

/** The names, callbacks and methods of an application, in a form. */
export function Registration({ application, path, onApplication }: ApplicationSectionProps) {
  const ask = useApi();
  const [isSaved, setSaved] = useState(false);
  const draft = useDraft<ApplicationFields>(RULES, application, async (fields) => {
    setSaved(false);
    const save = async (wanted: Partial<ApplicationFields>, { version }: Application) => {
      const saved = await ask<Application>(path, {
        method: "PATCH",
        body: { ...wanted, version },
      });
      onApplication(saved);
      draft.change(RULES.stored(saved));
      setSaved(true);
    };
    const mine = changedFields(RULES, fields, application);
    const changes = Object.fromEntries(mine.map((name) => [name, fields[name]]));
    try {
      await save(changes, application);
    } catch (error) {
      if (!(error instanceof ConsoleProblem) || error.code !== "stale") throw error;
      const latest = await ask<Application>(path);
      const theirs = changedFields(RULES, latest, application);
      const both = theirs.filter((name) => mine.includes(name));
      // Changes of other fields, of the status and of the secret do not need a decision.
      if (both.length === 0) return save(changes, latest);
      onApplication(latest);
      draft.change(
        Object.fromEntries(
          theirs.filter((name) => !both.includes(name)).map((name) => [name, latest[name]]),
        ),
      );
      const values = both.map((name) => `${LABELS[name]}: ${valueText(latest[name])}`);
      throw new Error(
        `Somebody else has changed this application. Save again to replace their values (${values.join("; ")}).`,
      );
    }
  });
  return (
    <>
      <h2>Registration</h2>
      <UnsavedChanges isActive={draft.isChanged} />
      <ApplicationForm draft={draft}>
        <div class="actions">
          <BusyButton type="submit" isBusy={draft.isBusy}>
            Save
          </BusyButton>
          <span role="status" class="good">
            {isSaved && !draft.isChanged && "Saved."}
          </span>
        </div>
      </ApplicationForm>
    </>
  );
}
