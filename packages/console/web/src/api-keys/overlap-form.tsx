import { useState } from "preact/hooks";
import { BusyButton } from "../components/busy-button.js";

const OVERLAPS = [
  [0, "Immediately"],
  [3600, "In 1 hour"],
  [86_400, "In 1 day"],
  [7 * 86_400, "In 7 days"],
  [30 * 86_400, "In 30 days"],
] as const;

interface Props {
  readonly label: string;
  readonly action: string;
  readonly isBusy: boolean;
  readonly onChange: () => void;
  readonly onSubmit: (overlapSeconds: number) => void;
}

/** Asks how long the current secrets continue to work, before new ones are generated. */
export function OverlapForm({ label, action, isBusy, onChange, onSubmit }: Props) {
  const [overlapSeconds, setOverlap] = useState(86_400);
  return (
    <form
      class="rotation"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(overlapSeconds);
      }}
    >
      <label>
        {label}
        <select
          value={String(overlapSeconds)}
          onChange={(event) => {
            setOverlap(Number(event.currentTarget.value));
            onChange();
          }}
        >
          {OVERLAPS.map(([seconds, text]) => (
            <option key={seconds} value={String(seconds)}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <BusyButton type="submit" class="secondary outline" isBusy={isBusy}>
        {action}
      </BusyButton>
    </form>
  );
}
