import type { ApiKey } from "@oauth1/api-keys";
import { useState } from "preact/hooks";
import { useApi } from "../../session/session.js";
import { KeyForm } from "../key-form.js";
import type { KeySectionProps } from "./key-section.js";

/** The names, category and permissions of a key, in a form. */
export function Privileges({ apiKey, catalogue, mayChange, path, onKey }: KeySectionProps) {
  const ask = useApi();
  const [saved, setSaved] = useState(false);
  return (
    <>
      <h2>{mayChange ? "Edit privileges" : "Privileges"}</h2>
      <KeyForm
        key={apiKey.version}
        catalogue={catalogue}
        edited={apiKey}
        mayChange={mayChange}
        onSave={async (fields) => {
          setSaved(false);
          const body = { ...fields, version: apiKey.version };
          onKey(await ask<ApiKey>(path, { method: "PATCH", body }));
          setSaved(true);
        }}
      />
      <p aria-live="polite" class="good">
        {saved && "Saved."}
      </p>
    </>
  );
}
