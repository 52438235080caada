import type { ApplicationTokens } from "@oauth1/api-keys/admin";
import { useCallback, useEffect, useState } from "preact/hooks";
import { dateAndTime } from "../../api-keys/date-and-time.js";
import { BusyButton } from "../../components/busy-button.js";
import { Problem } from "../../components/problem.js";
import { useAction } from "../../members/use-action.js";
import { useApi } from "../../session/session.js";
import type { ApplicationSectionProps } from "./application-section.js";

/** The tokens of an application: who has granted it access. An administrator can revoke them. */
export function Access({ path }: ApplicationSectionProps) {
  const ask = useApi();
  const [found, setFound] = useState<ApplicationTokens>();
  const [revoking, setRevoking] = useState<string>();
  const { isBusy, problem, act } = useAction();
  const read = useCallback(
    (after: string | null) => {
      const query = after === null ? "" : `?after=${encodeURIComponent(after)}`;
      return ask<ApplicationTokens>(`${path}/tokens${query}`);
    },
    [ask, path],
  );
  useEffect(() => void act(async () => setFound(await read(null))), [read]);
  const revoke = (identifier: string) => {
    setRevoking(identifier);
    return act(async () => {
      await ask(`${path}/tokens/${encodeURIComponent(identifier)}`, { method: "DELETE" });
      setFound(
        (before) =>
          before && {
            ...before,
            tokens: before.tokens.filter((token) => token.identifier !== identifier),
          },
      );
    });
  };
  return (
    <div class="action-section" aria-busy={found === undefined && problem === undefined}>
      <h2>Access</h2>
      <p>
        {found?.tokens.length === 0
          ? "Nobody has given this application access."
          : "The users who have given this application access. A revoked token stops working within five seconds."}
      </p>
      <Problem message={problem} />
      <ul class="own-sessions">
        {found?.tokens.map(({ identifier, createdAt, user }) => (
          <li key={identifier}>
            <div class="access">
              <a href={`/members/${user.id}`}>{user.name}</a>{" "}
              {!user.enabled && <span class="source disabled">disabled</span>}
              <small class="description">Since {dateAndTime(createdAt)}</small>
            </div>
            <BusyButton
              type="button"
              class="quiet"
              isBusy={isBusy && revoking === identifier}
              aria-label={`Revoke the token of ${user.name}, since ${dateAndTime(createdAt)}`}
              onClick={() => revoke(identifier)}
            >
              Revoke
            </BusyButton>
          </li>
        ))}
      </ul>
      {found?.next != null && (
        <BusyButton
          type="button"
          class="fit secondary outline"
          isBusy={isBusy && revoking === undefined}
          onClick={() => {
            setRevoking(undefined);
            act(async () => {
              const more = await read(found.next);
              setFound({ ...more, tokens: [...found.tokens, ...more.tokens] });
            });
          }}
        >
          Show more
        </BusyButton>
      )}
    </div>
  );
}
