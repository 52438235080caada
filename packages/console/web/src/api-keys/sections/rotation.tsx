import type { KeyWithCredentials } from "@oauth1/api-keys";
import { useState } from "preact/hooks";
import { Problem } from "../../components/problem.js";
import { useSecretsRequest } from "../../components/use-secrets-request.js";
import { useSession } from "../../session/session.js";
import { CredentialsDialog } from "../credentials-dialog.js";
import { OverlapForm } from "../overlap-form.js";
import type { KeySectionProps } from "./key-section.js";
import { OldSecrets } from "./old-secrets.js";

/** Generates new secrets for a key, and shows them once. */
export function Rotation(props: KeySectionProps) {
  const { apiKey, catalogue, mayChange, path, onKey } = props;
  const { session } = useSession();
  const requestSecrets = useSecretsRequest<KeyWithCredentials>();
  const [rotated, setRotated] = useState<KeyWithCredentials>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  if (!mayChange) return null;
  const rotate = async (overlapSeconds: number) => {
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
      <OverlapForm
        label="Current secrets stop working"
        action="Rotate"
        isBusy={isBusy}
        onChange={() => setProblem(undefined)}
        onSubmit={rotate}
      />
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
