import type { AlignedLine } from "./align-lines.js";

interface Props {
  readonly lines: readonly AlignedLine[];
  /** Who wrote what was received: "your client signed". */
  readonly by: string;
}

/** Aligned lines: what was received and what is expected, with what changed in each line. */
export function AlignedText({ lines, by }: Props) {
  return (
    <pre class="wire lines">
      {lines.map((line, index) => (
        <Line key={index} line={line} by={by} />
      ))}
    </pre>
  );
}

function Line({ line, by }: { readonly line: AlignedLine; readonly by: string }) {
  const { text, changed } = line;
  const [start, end] = changed ?? [text.length, text.length];
  const content = (
    <>
      {text.slice(0, start)}
      {start < end && <mark>{text.slice(start, end)}</mark>}
      {text.slice(end)}
    </>
  );
  if (line.in === "both") return <span class="line">{content}</span>;
  const isExpected = line.in === "expected";
  return (
    <span class={`line ${line.in}`}>
      <span class="unseen">{isExpected ? "must be signed" : by}: </span>
      {isExpected ? <ins>{content}</ins> : <del>{content}</del>}
    </span>
  );
}
