import type { ApplicationWithCredentials } from "@oauth1/api-keys/admin";
import { useState } from "preact/hooks";
import { dateAndTime } from "../../api-keys/date-and-time.js";
import { OverlapForm } from "../../api-keys/overlap-form.js";
import { Problem } from "../../components/problem.js";
import { useSecretsRequest } from "../../components/use-secrets-request.js";
import { useAction } from "../../members/use-action.js";
import { ClientCredentialsDialog } from "../client-credentials-dialog.js";
import type { ApplicationSectionProps } from "./application-section.js";

/** Generates a new secret for an application, and shows it once. */
export function Secret({ application, path, onApplication }: ApplicationSectionProps) {
  const requestSecrets = useSecretsRequest<ApplicationWithCredentials>();
  const { isBusy, problem, clear, act } = useAction();
  const [generated, setGenerated] = useState<ApplicationWithCredentials>();
  const { oldSecretExpiresAt } = application;
  return (
    <div class="action-section">
      <h2>New secret</h2>
      <p>
        Generates a new consumer secret. The consumer key and the tokens do not change.
        {oldSecretExpiresAt !== null &&
          ` The secret before the current one works until ${dateAndTime(oldSecretExpiresAt)}, and ends with the next new secret.`}
      </p>
      <OverlapForm
        label="Current secret stops working"
        action="Generate secret"
        isBusy={isBusy}
        onChange={clear}
        onSubmit={(overlapSeconds) =>
          act(async () => {
            const found = await requestSecrets(`${path}/secret`, { overlapSeconds });
            onApplication(found.application);
            setGenerated(found);
          })
        }
      />
      <Problem message={problem} />
      {generated && (
        <ClientCredentialsDialog
          title="New secret"
          created={generated}
          onClose={() => setGenerated(undefined)}
        />
      )}
    </div>
  );
}
