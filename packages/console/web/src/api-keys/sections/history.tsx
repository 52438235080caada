import type { AuditPage } from "@oauth1/api-keys/admin";
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../../components/problem.js";
import { useApi } from "../../session/session.js";
import { dateAndTime } from "../date-and-time.js";
import { describeChange } from "../describe-change.js";
import type { KeySectionProps } from "./key-section.js";

/** The changes of a key, the newest first. */
export function History({ apiKey, catalogue, mayChange, path }: KeySectionProps) {
  const ask = useApi();
  const [audit, setAudit] = useState<AuditPage>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (!mayChange) return;
    ask<AuditPage>(`${path}/audit`).then(
      (found) => {
        setAudit(found);
        setProblem(undefined);
      },
      (error: Error) => setProblem(error.message),
    );
    // Each change of the key adds to its history.
  }, [ask, path, mayChange, apiKey]);
  if (!mayChange) return null;
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
            {describeChange(entry, catalogue).map((line) => (
              <small key={line} class="description" dir="auto">
                {line}
              </small>
            ))}
          </li>
        ))}
      </ul>
      {audit && audit.total > audit.entries.length && (
        <p class="lead">
          The newest {audit.entries.length} of {audit.total} changes.
        </p>
      )}
    </>
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
