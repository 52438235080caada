import type { KeyWithCredentials } from "@oauth1/api-keys";
import { useState } from "preact/hooks";
import { useApi, useSession } from "../../session/session.js";
import { CredentialsDialog } from "../credentials-dialog.js";
import { dateAndTime } from "../date-and-time.js";
import type { KeySectionProps } from "./key-section.js";

const OVERLAPS = [
  [0, "Immediately"],
  [3600, "In 1 hour"],
  [86_400, "In 1 day"],
  [7 * 86_400, "In 7 days"],
  [30 * 86_400, "In 30 days"],
] as const;

/** Generates new secrets for a key, and shows them once. */
export function Rotation({ apiKey, catalogue, mayChange, path, onKey }: KeySectionProps) {
  const ask = useApi();
  const { session } = useSession();
  const [overlapSeconds, setOverlap] = useState(86_400);
  const [rotated, setRotated] = useState<KeyWithCredentials>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  if (!mayChange) return null;
  const rotate = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { overlapSeconds };
      const found = await ask<KeyWithCredentials>(`${path}/rotate`, { method: "POST", body });
      onKey(found.key);
      setRotated(found);
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h2>Rotate secrets</h2>
      <p>
        Generates new secrets. The App key and Access token do not change.
        {apiKey.oldSecretsExpireAt !== null &&
          ` The old secrets work until ${dateAndTime(apiKey.oldSecretsExpireAt)}.`}
      </p>
      <form
        class="rotation"
        onSubmit={(event) => {
          event.preventDefault();
          rotate();
        }}
      >
        <label>
          Old secrets stop working
          <select
            value={String(overlapSeconds)}
            onChange={(event) => setOverlap(Number(event.currentTarget.value))}
          >
            {OVERLAPS.map(([seconds, text]) => (
              <option key={seconds} value={String(seconds)}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="secondary outline" aria-busy={isBusy} disabled={isBusy}>
          Rotate
        </button>
      </form>
      {problem !== undefined && (
        <p role="alert" class="problem">
          {problem}
        </p>
      )}
      {rotated && session && (
        <CredentialsDialog
          title="New secrets"
          created={rotated}
          accountId={session.account.id}
          catalogue={catalogue}
          onClose={() => setRotated(undefined)}
        />
      )}
    </>
  );
}
