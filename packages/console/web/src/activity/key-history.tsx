import type { ApiKey, Catalogue } from "@oauth1/api-keys";
import type { AuditPage } from "@oauth1/api-keys/admin";
import { useEffect, useState } from "preact/hooks";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { Problem } from "../components/problem.js";
import { useApi, useSession } from "../session/session.js";
import { capitalized, describeEntry } from "./describe-entry.js";

interface Props {
  readonly apiKey: ApiKey;
  readonly catalogue: Catalogue;
}

/** The newest changes of a key, for those who may read the activity. */
export function KeyHistory({ apiKey, catalogue }: Props) {
  const ask = useApi();
  const { session } = useSession();
  const [audit, setAudit] = useState<AuditPage>();
  const [problem, setProblem] = useState<string>();
  const mayRead = session?.mayReadActivity ?? false;
  useEffect(() => {
    if (!mayRead) return;
    ask<AuditPage>(`/keys/${apiKey.id}/audit`).then(
      (found) => {
        setAudit(found);
        setProblem(undefined);
      },
      (error: Error) => setProblem(error.message),
    );
    // Each change of the key adds to its history.
  }, [ask, mayRead, apiKey]);
  if (!mayRead) return null;
  return (
    <>
      <h2>History</h2>
      <Problem message={problem} />
      {audit === undefined && problem === undefined && <p aria-busy="true">Loading…</p>}
      <ul class="history">
        {audit?.entries.map((entry) => (
          <li key={entry.id}>
            <span>{capitalized(entry.action)}</span>{" "}
            <small>
              {dateAndTime(entry.at)}, <bdi>{entry.actor.name}</bdi>
            </small>
            {describeEntry(entry, catalogue).map((line) => (
              <small key={line} class="description" dir="auto">
                {line}
              </small>
            ))}
          </li>
        ))}
      </ul>
      {audit && audit.total > audit.entries.length && (
        <p>
          <a href={`/activity?keyId=${apiKey.id}`}>All {audit.total} changes</a>
        </p>
      )}
    </>
  );
}
