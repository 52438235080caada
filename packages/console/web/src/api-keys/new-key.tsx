import type { Catalogue, KeyWithCredentials } from "@oauth1/api-keys";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useApi, useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { CredentialsDialog } from "./credentials-dialog.js";
import { KeyForm } from "./key-form.js";

/** The form for a new key. Then shows its four values once. */
export default function NewKeyPage() {
  return (
    <SignedIn>
      <NewKey />
    </SignedIn>
  );
}

function NewKey() {
  const ask = useApi();
  const { session } = useSession();
  const { route } = useLocation();
  const [catalogue, setCatalogue] = useState<Catalogue>();
  const [problem, setProblem] = useState<string>();
  const [created, setCreated] = useState<KeyWithCredentials>();
  useEffect(() => {
    ask<Catalogue>("/catalogue").then(setCatalogue, (error) => setProblem(error.message));
  }, [ask]);

  if (!session?.mayManageKeys) {
    return (
      <section class="page narrow">
        <h1>New API key</h1>
        <p class="problem">
          Your role ({session?.user.role}) cannot add keys. Ask an Administrator or a Campaign
          Manager.
        </p>
      </section>
    );
  }
  return (
    <section class="page narrow">
      <h1>New API key</h1>
      <p class="lead">Create a separate key for each application and environment.</p>
      {problem !== undefined && (
        <p role="alert" class="problem">
          {problem}
        </p>
      )}
      {catalogue && (
        <KeyForm
          catalogue={catalogue}
          mayChange
          onSave={async (fields) =>
            setCreated(await ask<KeyWithCredentials>("/keys", { method: "POST", body: fields }))
          }
        />
      )}
      {created && catalogue && (
        <CredentialsDialog
          title="API key created"
          created={created}
          accountId={session.account.id}
          catalogue={catalogue}
          onClose={() => route("/api-keys")}
        />
      )}
    </section>
  );
}
