import type { BaseStringComparison, Cause, Claim, Diagnosis } from "@oauth1/diagnosis";
import { alignLines } from "./align-lines.js";
import { AlignedText } from "./aligned-text.js";
import { BaseString } from "./base-string.js";
import type { Inspection } from "./explain-request.js";
import { SectionLink } from "./section-link.js";

/** The explanation of the verdict: the mistake first, then the rules, then the proof. */
export function Explanation({ inspection }: { readonly inspection: Inspection }) {
  const { diagnosis, isSignatureRight, missingSecrets } = inspection;
  const { causes } = diagnosis;
  const [cause] = causes;
  const isWrong = isSignatureRight === false && missingSecrets.length === 0;
  return (
    <>
      {cause !== undefined && <CauseInWords cause={cause} others={causes.slice(1)} />}
      {isWrong && cause === undefined && <Unexplained diagnosis={diagnosis} />}
      <Rules inspection={inspection} />
      <ClaimInWords inspection={inspection} />
      <BaseStrings inspection={inspection} />
    </>
  );
}

function CauseInWords({
  cause,
  others,
}: {
  readonly cause: Cause;
  readonly others: readonly Cause[];
}) {
  return (
    <article class="step">
      <header>
        <h2>Why</h2>
      </header>
      {cause.details.map(({ name, section, did, change }) => (
        <p key={name} class="cause">
          Your client {did} (<SectionLink section={section} />
          ). <strong>Change: {change}.</strong> <code>{name}</code>
        </p>
      ))}
      {cause.comparison.differences.length > 0 && <h3>In this request</h3>}
      <Differences comparison={cause.comparison} />
      {others.length > 0 && (
        <>
          <h3>Or</h3>
          <p>These mistakes have the same effect on this request:</p>
          <ul>
            {others.map(({ mistakes, details }) => (
              <li key={mistakes.join()}>
                Your client {details.map(({ did }) => did).join(", and ")}.{" "}
                <code>{mistakes.join(", ")}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}

function Unexplained({
  diagnosis: { findings, search, claim },
}: {
  readonly diagnosis: Diagnosis;
}) {
  return (
    <article class="step">
      <header>
        <h2>Why</h2>
      </header>
      <p>{findings.find(({ rule }) => rule === "signature")?.text}</p>
      {search !== undefined && (
        <p>
          No known mistake explains it. The inspector compared it with {count(search.tried)}{" "}
          signatures
          {search.isComplete ? ", of every mistake and every pair of them" : ", and stopped there"}.
          Check that client and server have the same secrets.
          {claim === undefined &&
            " To find the difference, paste your client's base string under “More options”."}
        </p>
      )}
    </article>
  );
}

function Rules({ inspection: { diagnosis, broken, late } }: { readonly inspection: Inspection }) {
  const held = diagnosis.findings.filter(({ holds }) => holds);
  return (
    <article class="step">
      <header>
        <h2>Rules</h2>
      </header>
      {broken.length > 0 && (
        <ul class="broken-rules">
          {broken.map((finding) => (
            <li key={finding.rule}>
              <span class={finding === late ? "open" : "bad"}>{finding.text}</span>
              {finding === late && " Only the clock decides this."}
              <br />
              <small>The rule: {finding.sentence}</small> <SectionLink section={finding.section} />
            </li>
          ))}
        </ul>
      )}
      {held.length > 0 && (
        <details>
          <summary>
            The request follows {held.length} {broken.length > 0 ? "other " : ""}rules
          </summary>
          <ul>
            {held.map(({ rule, sentence, section }) => (
              <li key={rule}>
                {sentence} <SectionLink section={section} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}

function ClaimInWords({ inspection }: { readonly inspection: Inspection }) {
  const { claim } = inspection.diagnosis;
  if (claim === undefined) return null;
  const { comparison, mistakes } = claim;
  return (
    <article class="step">
      <header>
        <h2>Your client's base string</h2>
      </header>
      <p>{claimText(claim, inspection)}</p>
      {mistakes.length > 0 && (
        <p>
          A client that makes this mistake writes it:{" "}
          <code>{mistakes.map((names) => names.join(", ")).join(" or ")}</code>.
        </p>
      )}
      <Differences comparison={comparison} />
    </article>
  );
}

function claimText({ isSigned, comparison }: Claim, inspection: Inspection): string {
  const isRight = comparison.index === undefined;
  const first = isRight ? "It is the right one" : "It is not the right one";
  if (inspection.isSignatureRight || inspection.missingSecrets.length > 0) return `${first}.`;
  return isSigned
    ? `${first}, and the signature was made from it.`
    : `${first}. With these secrets, the signature was not made from it.`;
}

function Differences({ comparison }: { readonly comparison: BaseStringComparison }) {
  if (comparison.differences.length === 0) return null;
  return (
    <ul>
      {comparison.differences.map(({ text }) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

/**
 * The base string that was signed, or else the one that the client claims, beside the right
 * one.
 */
function BaseStrings({ inspection }: { readonly inspection: Inspection }) {
  const { diagnosis, claimedBaseString } = inspection;
  const { baseString, maskedKey, causes, claim } = diagnosis;
  const [cause] = causes;
  if (baseString === undefined) return null;
  const compared =
    cause === undefined
      ? { by: "your client's", received: claimedBaseString, comparison: claim?.comparison }
      : { by: "your client signed", received: cause.baseString, comparison: cause.comparison };
  return (
    <>
      <BaseString expected={baseString} {...compared} />
      {maskedKey !== undefined && (
        <Key right={maskedKey} received={cause?.maskedKey ?? maskedKey} />
      )}
    </>
  );
}

/** The keys with names in place of the secrets. */
function Key({ right, received }: { readonly right: string; readonly received: string }) {
  return (
    <article class="step">
      <header>
        <h2>Key</h2>
        <SectionLink section="§3.4.2" />
      </header>
      <AlignedText by="your client signed" lines={alignLines([received], [right])} />
    </article>
  );
}

function count(number: number): string {
  return number.toLocaleString("en");
}
