import type { ApiKey, Catalogue, KeyWithCredentials } from "@oauth1/api-keys";
import type { AuditPage } from "@oauth1/api-keys/admin";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { CopyButton } from "../components/copy-button.js";
import { useApi, useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { CredentialsDialog } from "./credentials-dialog.js";
import { dateAndTime } from "./date-and-time.js";
import { KeyForm } from "./key-form.js";

/** One key: its privileges, status, secrets and history. */
export default function KeyPage() {
  return (
    <SignedIn>
      <OneKey />
    </SignedIn>
  );
}

function OneKey() {
  const { keyId = "" } = useRoute().params;
  const path = `/keys/${encodeURIComponent(keyId)}`;
  const ask = useApi();
  const { session } = useSession();
  const [key, setKey] = useState<ApiKey>();
  const [catalogue, setCatalogue] = useState<Catalogue>();
  const [audit, setAudit] = useState<AuditPage>();
  const [rotated, setRotated] = useState<KeyWithCredentials>();
  const [problem, setProblem] = useState<string>();
  const [saved, setSaved] = useState(false);
  const mayChange = session?.mayManageKeys ?? false;
  const complain = useCallback((error: Error) => setProblem(error.message), []);

  useEffect(() => {
    ask<ApiKey>(path).then(setKey, complain);
    ask<Catalogue>("/catalogue").then(setCatalogue, complain);
  }, [ask, path, complain]);
  useEffect(() => {
    // Each change of the key adds to its history.
    if (mayChange && key) ask<AuditPage>(`${path}/audit`).then(setAudit, complain);
  }, [ask, path, mayChange, key, complain]);

  if (key === undefined || catalogue === undefined) {
    return problem === undefined ? (
      <p aria-busy="true">Loading</p>
    ) : (
      <p role="alert" class="problem">
        {problem}
      </p>
    );
  }
  const act = async (action: "enable" | "disable") => {
    setProblem(undefined);
    await ask<ApiKey>(`${path}/${action}`, { method: "POST" }).then(setKey, complain);
  };
  return (
    <section class="page narrow">
      <p>
        <a href="/api-keys">API keys</a>
      </p>
      <h1>
        {key.applicationName} {!key.enabled && <span class="source disabled">disabled</span>}
      </h1>
      <p class="lead">
        Created {dateAndTime(key.createdAt)}, edited {dateAndTime(key.editedAt)}.
      </p>
      {problem !== undefined && (
        <p role="alert" class="problem">
          {problem}
        </p>
      )}
      <dl class="four-values">
        <Identifier name="App key" value={key.client.identifier} />
        <Identifier name="Access token" value={key.token.identifier} />
      </dl>
      <h2>{mayChange ? "Edit privileges" : "Privileges"}</h2>
      <KeyForm
        key={key.version}
        catalogue={catalogue}
        edited={key}
        mayChange={mayChange}
        onSave={async (fields) => {
          setSaved(false);
          const body = { ...fields, version: key.version };
          setKey(await ask<ApiKey>(path, { method: "PATCH", body }));
          setSaved(true);
        }}
      />
      <p aria-live="polite" class="good">
        {saved && "Saved."}
      </p>
      {mayChange && (
        <>
          <h2>Status</h2>
          <p>
            {key.enabled
              ? "If you disable this key, it stops working within five seconds. You can enable it again."
              : "This key is disabled and does not work. Its four values do not change."}{" "}
            Keys cannot be deleted, so that their history stays complete.
          </p>
          <button
            type="button"
            class="secondary outline"
            onClick={() => act(key.enabled ? "disable" : "enable")}
          >
            {key.enabled ? "Disable" : "Enable"}
          </button>
          <Rotation
            oldSecretsExpireAt={key.oldSecretsExpireAt}
            onRotate={(overlapSeconds) =>
              ask<KeyWithCredentials>(`${path}/rotate`, {
                method: "POST",
                body: { overlapSeconds },
              }).then((found) => {
                setKey(found.key);
                setRotated(found);
              }, complain)
            }
          />
          {audit && <History audit={audit} />}
        </>
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
    </section>
  );
}

function Identifier({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
        <CopyButton text={value} what={name} />
      </dd>
    </div>
  );
}

const OVERLAPS = [
  [0, "Immediately"],
  [3600, "In 1 hour"],
  [86_400, "In 1 day"],
  [7 * 86_400, "In 7 days"],
  [30 * 86_400, "In 30 days"],
] as const;

function Rotation(props: {
  readonly oldSecretsExpireAt: string | null;
  readonly onRotate: (overlapSeconds: number) => Promise<void>;
}) {
  const [overlap, setOverlap] = useState(86_400);
  const [isBusy, setBusy] = useState(false);
  return (
    <>
      <h2>Rotate secrets</h2>
      <p>
        Generates new secrets. The App key and Access token do not change.
        {props.oldSecretsExpireAt !== null &&
          ` The old secrets work until ${dateAndTime(props.oldSecretsExpireAt)}.`}
      </p>
      <form
        class="rotation"
        onSubmit={(event) => {
          event.preventDefault();
          setBusy(true);
          props.onRotate(overlap).finally(() => setBusy(false));
        }}
      >
        <label>
          Old secrets stop working
          <select
            value={String(overlap)}
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
    </>
  );
}

function History({ audit }: { readonly audit: AuditPage }) {
  return (
    <>
      <h2>History</h2>
      <ul class="history">
        {audit.entries.map(({ id, at, actor, action, before, after }) => (
          <li key={id}>
            <span>{action}</span>{" "}
            <small>
              {dateAndTime(at)}, {actor.name}
            </small>
            {before && after && <small class="description">{changes(before, after)}</small>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Describes the changed fields with their old and new values. */
function changes(before: Record<string, unknown>, after: Record<string, unknown>): string {
  const text = (value: unknown) =>
    Array.isArray(value) ? value.join(", ") || "none" : String(value ?? "none");
  return Object.keys(after)
    .filter((name) => text(before[name]) !== text(after[name]))
    .map((name) => `${name}: ${text(before[name])} → ${text(after[name])}`)
    .join("; ");
}
