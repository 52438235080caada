import type { AuditPage } from "@oauth1/api-keys/admin";
import { useEffect, useState } from "preact/hooks";
import { useApi } from "../../session/session.js";
import { dateAndTime } from "../date-and-time.js";
import type { KeySectionProps } from "./key-section.js";

/** The changes of a key, the newest first. */
export function History({ apiKey, mayChange, path }: KeySectionProps) {
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
      {problem !== undefined && (
        <p role="alert" class="problem">
          {problem}
        </p>
      )}
      <ul class="history" aria-busy={audit === undefined && problem === undefined}>
        {audit?.entries.map(({ id, at, actor, action, before, after }) => (
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
