import type { OpenSession } from "@oauth1/api-keys/admin";
import { useCallback, useEffect, useState } from "preact/hooks";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { BusyButton } from "../components/busy-button.js";
import { Problem } from "../components/problem.js";
import { useApi } from "../session/session.js";

/** The open sessions of the signed-in user, to end those that they do not recognize. */
export function OwnSessions() {
  const ask = useApi();
  const [sessions, setSessions] = useState<readonly OpenSession[]>();
  const [problem, setProblem] = useState<string>();
  /** The session that is being ended, or "others". */
  const [ending, setEnding] = useState<string>();

  const read = useCallback(async () => {
    const found = await ask<{ sessions: OpenSession[] }>("/sessions");
    setSessions(found.sessions);
  }, [ask]);
  useEffect(() => void read().catch((error: Error) => setProblem(error.message)), [read]);
  const end = async (what: string, path: string) => {
    setEnding(what);
    setProblem(undefined);
    try {
      await ask(path, { method: "DELETE" });
      await read();
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setEnding(undefined);
    }
  };

  const hasOthers = sessions?.some(({ isCurrent }) => !isCurrent) ?? false;
  return (
    <div class="action-section" aria-busy={sessions === undefined && problem === undefined}>
      <h2>Sessions</h2>
      <p>
        Where you are signed in. If you do not recognize a session, end it and change your password.
      </p>
      <Problem message={problem} />
      <ul class="own-sessions">
        {sessions?.map((session) => (
          <li key={session.id}>
            <div>
              <strong>{nameOf(session)}</strong>{" "}
              {session.isCurrent && <span class="source good">this session</span>}
              <small class="description">
                {session.address && `From ${session.address}. `}Signed in{" "}
                {dateAndTime(session.createdAt)}, last used {dateAndTime(session.lastSeenAt)}.
              </small>
            </div>
            {!session.isCurrent && (
              <BusyButton
                type="button"
                class="quiet"
                isBusy={ending === session.id}
                aria-label={`End the session of ${nameOf(session)}, signed in ${dateAndTime(session.createdAt)}`}
                onClick={() => end(session.id, `/sessions/${session.id}`)}
              >
                End
              </BusyButton>
            )}
          </li>
        ))}
      </ul>
      {hasOthers && (
        <BusyButton
          type="button"
          class="fit secondary outline"
          isBusy={ending === "others"}
          onClick={() => end("others", "/sessions")}
        >
          End all other sessions
        </BusyButton>
      )}
    </div>
  );
}

function nameOf({ device, kind }: OpenSession): string {
  return device ?? (kind === "bot" ? "A bot" : "An unknown device");
}
