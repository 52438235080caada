import type { AlignedLine } from "./align-lines.js";

interface Props {
  readonly lines: readonly AlignedLine[];
  /** The label of the received text: "your client signed". */
  readonly by: string;
}

/** Aligned lines of the received and the expected text, with the changes in each line. */
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
