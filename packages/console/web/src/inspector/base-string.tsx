import type { BaseStringComparison } from "@oauth1/diagnosis";
import { useMemo } from "preact/hooks";
import { CopyButton } from "../components/copy-button.js";
import { alignLines, baseStringLines, withSeparator } from "./align-lines.js";
import { AlignedText } from "./aligned-text.js";
import { excerpt } from "./excerpt.js";
import { SectionLink } from "./section-link.js";

interface Props {
  /** The right base string. */
  readonly expected: string;
  /** The other one, if there is one. */
  readonly received: string | undefined;
  readonly comparison: BaseStringComparison | undefined;
  /** The label of the other one: "your client signed". */
  readonly by: string;
}

/** The right base string and the other one, aligned: a line for each element and parameter. */
export function BaseString({ expected, received, comparison, by }: Props) {
  const lines = useMemo(
    () =>
      excerpt(
        alignLines(baseStringLines(received ?? expected), baseStringLines(expected), withSeparator),
      ),
    [received, expected],
  );
  const index = comparison?.index;
  return (
    <article class="step">
      <header>
        <h2>{index === undefined ? "Right base string" : "Base strings"}</h2>
        <SectionLink section="§3.4.1.1" />
        <CopyButton text={expected} what="the right base string" />
      </header>
      {index !== undefined && (
        <p class="legend">
          <span class="source bad">− {by}</span>
          <span class="source good">+ must be signed</span>
          <small>The first difference is at character {index + 1}.</small>
        </p>
      )}
      {index === undefined && comparison !== undefined && <p>Your client signed the same text.</p>}
      <AlignedText lines={lines} by={by} />
    </article>
  );
}
