import type { Application, ApplicationWithCredentials } from "@oauth1/api-keys/admin";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { BusyButton } from "../components/busy-button.js";
import { UnsavedChanges } from "../components/unsaved-changes.js";
import { changedFields, useDraft } from "../components/use-draft.js";
import { useSecretsRequest } from "../components/use-secrets-request.js";
import { OnlyAdministrators } from "../members/only-administrators.js";
import { useApi } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { NO_FIELDS, RULES } from "./application-fields.js";
import { ApplicationForm } from "./application-form.js";
import { ClientCredentialsDialog } from "./client-credentials-dialog.js";

/** The form to register an application. Then shows its client credentials once. */
export default function NewApplicationPage() {
  return (
    <SignedIn>
      <OnlyAdministrators title="Register application" what="applications">
        <NewApplication />
      </OnlyAdministrators>
    </SignedIn>
  );
}

function NewApplication() {
  const ask = useApi();
  const { route } = useLocation();
  const requestSecrets = useSecretsRequest<ApplicationWithCredentials>();
  const [created, setCreated] = useState<ApplicationWithCredentials>();
  const [unchanged, setUnchanged] = useState<string>();
  const draft = useDraft(RULES, NO_FIELDS, async (fields) => {
    const found = await requestSecrets("/applications", fields);
    const { id } = found.application;
    // The response to an earlier attempt was lost, and the form was changed since.
    if (changedFields(RULES, found.application, fields).length === 0) return setCreated(found);
    try {
      const application = await ask<Application>(`/applications/${id}`, {
        method: "PATCH",
        body: fields,
      });
      setCreated({ ...found, application });
    } catch (error) {
      // The application exists, so its secret must be shown.
      setUnchanged(
        `The application has your first entries, because the changed ones could not be saved. ${(error as Error).message}`,
      );
      setCreated(found);
    }
  });
  return (
    <section class="page narrow">
      <p>
        <a href="/applications">Connected applications</a>
      </p>
      <h1>Register application</h1>
      <p class="lead">
        An application asks users for access in the three steps of OAuth 1.0, and gets a token for
        each.
      </p>
      <UnsavedChanges isActive={draft.isChanged && created === undefined} />
      <ApplicationForm draft={draft}>
        <div class="actions">
          <BusyButton type="submit" isBusy={draft.isBusy}>
            Register
          </BusyButton>
          <a class="button quiet-button" href="/applications">
            Cancel
          </a>
        </div>
      </ApplicationForm>
      {created && (
        <ClientCredentialsDialog
          title="Application registered"
          created={created}
          problem={unchanged}
          onClose={() => route(`/applications/${created.application.id}`)}
        />
      )}
    </section>
  );
}
