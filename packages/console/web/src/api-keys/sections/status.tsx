import type { ApiKey } from "@oauth1/api-keys";
import { useState } from "preact/hooks";
import { BusyButton } from "../../components/busy-button.js";
import { Problem } from "../../components/problem.js";
import { useApi } from "../../session/session.js";
import type { KeySectionProps } from "./key-section.js";

/** Disables or enables a key. */
export function Status({ apiKey, mayChange, path, onKey }: KeySectionProps) {
  const ask = useApi();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  if (!mayChange) return null;
  const action = apiKey.enabled ? "disable" : "enable";
  const change = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      onKey(await ask<ApiKey>(`${path}/${action}`, { method: "POST" }));
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h2>Status</h2>
      <p>
        {apiKey.enabled
          ? "If you disable this key, it stops working within five seconds. You can enable it again."
          : "This key is disabled and does not work. Its four values do not change."}{" "}
        Keys cannot be deleted, so that their history stays complete.
      </p>
      <BusyButton type="button" class="secondary outline fit" isBusy={isBusy} onClick={change}>
        {apiKey.enabled ? "Disable" : "Enable"}
      </BusyButton>
      <Problem message={problem} />
    </>
  );
}
