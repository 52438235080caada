import type { OwnTokens } from "@oauth1/api-keys/admin";
import { useEffect, useState } from "preact/hooks";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { BusyButton } from "../components/busy-button.js";
import { Problem } from "../components/problem.js";
import { useApi } from "../session/session.js";

/** The applications that the user has granted access, which the user can end. */
export function OwnAccess() {
  const ask = useApi();
  const [tokens, setTokens] = useState<OwnTokens["tokens"]>();
  const [problem, setProblem] = useState<string>();
  const [ending, setEnding] = useState<string>();
  useEffect(() => {
    ask<OwnTokens>("/tokens").then(
      (found) => setTokens(found.tokens),
      (error: Error) => setProblem(error.message),
    );
  }, [ask]);
  const end = async (identifier: string) => {
    setEnding(identifier);
    setProblem(undefined);
    try {
      await ask(`/tokens/${encodeURIComponent(identifier)}`, { method: "DELETE" });
      setTokens((before) => before?.filter((token) => token.identifier !== identifier));
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setEnding(undefined);
    }
  };
  return (
    <div class="action-section">
      <h2>Access to your account</h2>
      <p>
        {tokens?.length === 0
          ? "You have not given an application access to your account."
          : "The applications that you have given access to your account."}
      </p>
      <Problem message={problem} />
      {tokens === undefined && problem === undefined && <p aria-busy="true">Loading…</p>}
      <ul class="own-sessions">
        {tokens?.map(({ identifier, createdAt, application }) => (
          <li key={identifier}>
            <div class="access">
              <strong>
                <bdi>{application.name}</bdi>
              </strong>{" "}
              {!application.enabled && <span class="source disabled">disabled</span>}
              <small class="description">
                By <bdi>{application.developerName}</bdi>, since {dateAndTime(createdAt)}.{" "}
                {application.access.length > 0 && (
                  <bdi>It can: {application.access.join(", ")}.</bdi>
                )}
              </small>
            </div>
            <BusyButton
              type="button"
              class="quiet"
              isBusy={ending === identifier}
              aria-label={`End access of ${application.name}, since ${dateAndTime(createdAt)}`}
              onClick={() => end(identifier)}
            >
              End access
            </BusyButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
