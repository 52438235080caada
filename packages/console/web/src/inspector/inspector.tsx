import { useState } from "preact/hooks";
import { takeHandedOver } from "../request/handed-over.js";
import { EXAMPLE } from "./example.js";
import { Explanation } from "./explanation.js";
import { Guide } from "./guide.js";
import { InspectorFields } from "./inspector-fields.js";
import { type InspectorInput, inputOfAddress, isTemplate, NO_INPUT } from "./inspector-input.js";
import { useExplanation } from "./use-explanation.js";
import { VerdictLines } from "./verdict.js";

/** "Why is my signature invalid?": explains a request that was sent. Nothing leaves the page. */
export default function Inspector() {
  const [input, setInput] = useState<InspectorInput>(() => {
    const handedOver = takeHandedOver();
    return handedOver === undefined
      ? inputOfAddress(location.hash)
      : { ...NO_INPUT, ...handedOver };
  });
  const { inspection, problem } = useExplanation(input);
  const change = (part: Partial<InspectorInput>) => setInput((before) => ({ ...before, ...part }));
  const isEmpty = input.text.trim() === "";
  const current = problem === undefined && !isTemplate(input) ? inspection : undefined;
  return (
    <section class="page">
      <h1>Why is my signature invalid?</h1>
      <p class="lead">
        Paste the request as it was sent, with its signature, and enter the secrets. This page names
        the mistake. Nothing leaves the page.
      </p>
      <div class="columns">
        <form onSubmit={(event) => event.preventDefault()}>
          <div class="actions">
            <button type="button" class="quiet" onClick={() => setInput(EXAMPLE)}>
              Load an example
            </button>
            {input !== NO_INPUT && (
              <button type="button" class="quiet" onClick={() => setInput(NO_INPUT)}>
                Clear
              </button>
            )}
          </div>
          {isTemplate(input) && (
            <p class="note" role="note">
              This is what the server knows of the call. Replace each … with what your client sent,
              or paste the whole request instead. Then enter the secrets.
            </p>
          )}
          <InspectorFields input={input} change={change} inspection={inspection} />
        </form>
        <div>
          {/* It is always in the page, so that screen readers announce its changes. */}
          <div role="status">
            {current && <VerdictLines inspection={current} />}
            {problem !== undefined && <p class="problem">{problem}</p>}
          </div>
          {current && <Explanation inspection={current} />}
          {isEmpty && <Guide />}
        </div>
      </div>
    </section>
  );
}
