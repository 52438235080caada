import type { ApiKey } from "@oauth1/api-keys";
import { useState } from "preact/hooks";
import { Question } from "../../components/question.js";
import { useApi } from "../../session/session.js";
import { dateAndTime } from "../date-and-time.js";
import type { KeySectionProps } from "./key-section.js";

/** Shows until when the secrets of earlier rotations work, and can end them. */
export function OldSecrets({ apiKey, path, onKey }: KeySectionProps) {
  const ask = useApi();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const times = apiKey.oldSecretsExpireAt;
  // Two rotations can end in the same minute.
  const ends = new Intl.ListFormat("en").format(new Set(times.map(dateAndTime)));
  const end = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const found = await ask<ApiKey>(`${path}/end-old-secrets`, { method: "POST" });
      setAsking(false);
      onKey(found);
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="old-secrets">
      <p>
        {times.length === 1
          ? `The old secrets work until ${ends}. `
          : `The old secrets of ${times.length} rotations work until ${ends}. `}
        Rotating again does not change this.
      </p>
      <button type="button" class="quiet" onClick={() => setAsking(true)}>
        End old secrets now
      </button>
      {isAsking && (
        <Question
          title="End the old secrets now?"
          confirm="End old secrets now"
          cancel="Keep them"
          isBusy={isBusy}
          problem={problem}
          onCancel={() => {
            setAsking(false);
            setProblem(undefined);
          }}
          onConfirm={end}
        >
          <p>
            This ends the secrets that work until {ends}. An application that still uses them is
            rejected within five seconds. The current secrets continue to work.
          </p>
        </Question>
      )}
    </div>
  );
}
