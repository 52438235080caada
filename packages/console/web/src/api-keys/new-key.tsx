import type { ApiKey, Catalogue, KeyList, KeyWithCredentials } from "@oauth1/api-keys";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Problem } from "../components/problem.js";
import { UnsavedChanges } from "../components/unsaved-changes.js";
import { useSecretsRequest } from "../components/use-secrets-request.js";
import { useApi, useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { CredentialsDialog } from "./credentials-dialog.js";
import { differences, type KeyFields, NO_FIELDS } from "./key-fields.js";
import { KeyForm } from "./key-form.js";
import { LimitNote } from "./limit-note.js";
import { listAddress } from "./list-address.js";
import { useKeyDraft } from "./use-key-draft.js";

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
  const [catalogue, setCatalogue] = useState<Catalogue>();
  const [limit, setLimit] = useState<KeyList["limit"]>();
  const [problem, setProblem] = useState<string>();
  const mayAdd = session?.mayManageKeys ?? false;
  useEffect(() => {
    if (!mayAdd) return;
    const complain = (error: Error) => setProblem(error.message);
    ask<Catalogue>("/catalogue").then(setCatalogue, complain);
    ask<KeyList>("/keys?pageSize=1").then((list) => setLimit(list.limit), complain);
  }, [ask, mayAdd]);

  const isFull = limit !== undefined && limit.used >= limit.maximum;
  const isLoading = catalogue === undefined || limit === undefined;
  return (
    <section class="page narrow">
      <h1>New API key</h1>
      {!mayAdd ? (
        <p class="problem">
          Your role ({session?.user.role}) cannot add keys. Ask an Administrator or a Campaign
          Manager.
        </p>
      ) : isFull ? (
        <>
          <LimitNote maximum={limit.maximum} />
          <a class="button" href={listAddress()}>
            Back to the API keys
          </a>
        </>
      ) : (
        <>
          <p class="lead">Create a separate key for each application and environment.</p>
          <Problem message={problem} />
          {isLoading ? (
            problem === undefined && <p aria-busy="true">Loading…</p>
          ) : (
            <Creation catalogue={catalogue} />
          )}
        </>
      )}
    </section>
  );
}

function Creation({ catalogue }: { readonly catalogue: Catalogue }) {
  const ask = useApi();
  const { session } = useSession();
  const { route } = useLocation();
  const requestSecrets = useSecretsRequest<KeyWithCredentials>();
  const [created, setCreated] = useState<KeyWithCredentials>();
  const [unchanged, setUnchanged] = useState<string>();
  const draft = useKeyDraft(NO_FIELDS, async (fields: KeyFields) => {
    const found = await requestSecrets("/keys", fields);
    // The response to an earlier attempt was lost, and the form was changed since.
    const isOlder = differences(found.key, fields).length > 0;
    if (!isOlder) return setCreated(found);
    try {
      const key = await ask<ApiKey>(`/keys/${found.key.id}`, { method: "PATCH", body: fields });
      setCreated({ ...found, key });
    } catch (error) {
      // The key exists, so its secrets must be shown.
      setUnchanged(
        `The key has your first entries, because the changed ones could not be saved. ${(error as Error).message}`,
      );
      setCreated(found);
    }
  });
  return (
    <>
      <UnsavedChanges isActive={draft.isChanged && created === undefined} />
      <KeyForm catalogue={catalogue} mayChange draft={draft} />
      {created && session && (
        <CredentialsDialog
          title="API key created"
          created={created}
          accountId={session.account.id}
          catalogue={catalogue}
          problem={unchanged}
          onClose={() => route(listAddress())}
        />
      )}
    </>
  );
}
