import type { KeyWithCredentials } from "@oauth1/api-keys";
import { useState } from "preact/hooks";
import { BusyButton } from "../../components/busy-button.js";
import { Problem } from "../../components/problem.js";
import { useSession } from "../../session/session.js";
import { CredentialsDialog } from "../credentials-dialog.js";
import { useSecretsRequest } from "../use-secrets-request.js";
import type { KeySectionProps } from "./key-section.js";
import { OldSecrets } from "./old-secrets.js";

const OVERLAPS = [
  [0, "Immediately"],
  [3600, "In 1 hour"],
  [86_400, "In 1 day"],
  [7 * 86_400, "In 7 days"],
  [30 * 86_400, "In 30 days"],
] as const;

/** Generates new secrets for a key, and shows them once. */
export function Rotation(props: KeySectionProps) {
  const { apiKey, catalogue, mayChange, path, onKey } = props;
  const { session } = useSession();
  const requestSecrets = useSecretsRequest();
  const [overlapSeconds, setOverlap] = useState(86_400);
  const [rotated, setRotated] = useState<KeyWithCredentials>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  if (!mayChange) return null;
  const rotate = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const found = await requestSecrets(`${path}/rotate`, { overlapSeconds });
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
      <p>Generates new secrets. The App key and Access token do not change.</p>
      {apiKey.oldSecretsExpireAt.length > 0 && <OldSecrets {...props} />}
      <form
        class="rotation"
        onSubmit={(event) => {
          event.preventDefault();
          rotate();
        }}
      >
        <label>
          Current secrets stop working
          <select
            value={String(overlapSeconds)}
            onChange={(event) => {
              setOverlap(Number(event.currentTarget.value));
              setProblem(undefined);
            }}
          >
            {OVERLAPS.map(([seconds, text]) => (
              <option key={seconds} value={String(seconds)}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <BusyButton type="submit" class="secondary outline" isBusy={isBusy}>
          Rotate
        </BusyButton>
      </form>
      <Problem message={problem} />
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
