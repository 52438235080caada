import type { KeyCalls, KeyUsage } from "@oauth1/api-keys";
import { useEffect, useState } from "preact/hooks";
import { BusyButton } from "../../components/busy-button.js";
import { Problem } from "../../components/problem.js";
import { useApi } from "../../session/session.js";
import { dateAndTime } from "../date-and-time.js";
import type { KeySectionProps } from "../sections/key-section.js";
import { RecentCalls } from "./recent-calls.js";
import { Sparkline } from "./sparkline.js";

/** When a key was last used, the calls of the last 24 hours, and the last calls. */
export function KeyUse({ apiKey, mayChange, path }: KeySectionProps) {
  const ask = useApi();
  const [usage, setUsage] = useState<KeyUsage>();
  const [calls, setCalls] = useState<KeyCalls>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const load = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      // The history of a key and its calls have the same readers.
      const found = mayChange ? await ask<KeyCalls>(`${path}/calls`) : undefined;
      setUsage(await ask<KeyUsage>(`${path}/usage`));
      setCalls(found);
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => void load(), [ask, path, mayChange]);

  return (
    <section class="key-use" aria-labelledby="use-of-key">
      <div class="title-row">
        <h2 id="use-of-key">Use</h2>
        <BusyButton type="button" class="quiet" isBusy={isBusy} onClick={load}>
          Refresh
        </BusyButton>
      </div>
      <Problem message={problem} />
      {usage && (
        <>
          <p>
            {usage.lastUsedAt === null
              ? "This key has not been used yet."
              : `Last used ${dateAndTime(usage.lastUsedAt)}.`}
          </p>
          <Sparkline hours={usage.hours} />
        </>
      )}
      {calls && <RecentCalls calls={calls} apiKey={apiKey} />}
    </section>
  );
}
