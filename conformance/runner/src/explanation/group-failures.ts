import { type Level, levels } from "@oauth1/properties";
import { isRejection } from "../rejection.js";
import type { Cause, Result } from "../report.js";
import { loadVectors } from "../vectors.js";
import { cause } from "./cause.js";

/** What fails by one cause. */
export interface FailureGroup {
  readonly cause: Cause;
  /** The strictest level of the results. */
  readonly level: Level;
  /** A result with several causes is in the group of each. The first one is the best example. */
  readonly results: readonly Result[];
}

/**
 * Groups the unexpected failures of an implementation by their causes: violations of RFC 5849 first,
 * among them those that are proven, and of these first those of signed requests and the most frequent.
 *
 * @param results - All results of the implementation: what passes tells which mistakes it does not
 * make.
 */
export function groupFailures(results: readonly Result[]): readonly FailureGroup[] {
  const failures = results.filter(({ verdict }) => verdict === "failed" || verdict === "error");
  const groups = new Map<string, { cause: Cause; rank: number; results: Result[] }>();
  const add = (rank: number, itsCause: Cause, result: Result) => {
    const key = keyOf(itsCause);
    const group = groups.get(key) ?? { cause: itsCause, rank, results: [] };
    groups.set(key, group);
    group.results.push(result);
  };

  const frequency = frequencies(failures);
  const unexplained: Result[] = [];
  for (const result of failures) {
    const causes = likeliest(result.explanation?.causes ?? [], frequency);
    for (const itsCause of causes) add(RANK.proven, itsCause, result);
    if (causes.length === 0) unexplained.push(result);
  }
  const flagged = likelyFlags(unexplained, results);
  const describeFlag = flagged.size === 0 ? undefined : flagDescriptions();
  for (const result of unexplained) {
    const flag = flagged.get(result);
    if (flag !== undefined && describeFlag) add(RANK.likely, describeFlag(flag), result);
    else add(...inItself(result), result);
  }

  return [...groups.values()]
    .map((group) => ({ ...group, level: strictest(group.results) }))
    .sort(
      (a, b) =>
        levels.indexOf(a.level) - levels.indexOf(b.level) ||
        a.rank - b.rank ||
        Number(isOfSign(b.results)) - Number(isOfSign(a.results)) ||
        b.results.length - a.results.length,
    )
    .map(({ cause: itsCause, level, results: members }) => ({
      cause: itsCause,
      level,
      results: [...members].sort(byClarity),
    }));
}

/** The order of groups. */
const RANK = { proven: 0, likely: 1, wrong: 2, accepted: 3, silent: 4 };

function strictest(results: readonly Result[]): Level {
  return levels.find((level) => results.some((result) => result.level === level)) ?? "required";
}

function keyOf({ mistake, text, section }: Cause): string {
  return mistake ?? `${text} ${section}`;
}

function isOfSign(results: readonly Result[]): boolean {
  return results.some(({ topic }) => topic === "sign");
}

/** How many failures each cause may explain. */
function frequencies(failures: readonly Result[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { explanation } of failures) {
    const keys = new Set((explanation?.causes ?? []).flat().map(keyOf));
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Of several names for the same, the one that explains most of the other failures too. */
function likeliest(
  alternatives: readonly (readonly Cause[])[],
  frequency: ReadonlyMap<string, number>,
): readonly Cause[] {
  const rarest = (causes: readonly Cause[]) =>
    Math.min(...causes.map((one) => frequency.get(keyOf(one)) ?? 0));
  let best: readonly Cause[] = [];
  for (const causes of alternatives) {
    if (best.length === 0 || rarest(causes) > rarest(best)) best = causes;
  }
  return best;
}

/**
 * The flag that each of these failures shows, where one can be told: of the flags of which no vector
 * passed, the one that explains most.
 */
function likelyFlags(
  failures: readonly Result[],
  results: readonly Result[],
): ReadonlyMap<Result, string> {
  const contradicted = new Set(
    results.filter(({ outcome }) => outcome === "passed").flatMap(({ flags = [] }) => flags),
  );
  const flagged = new Map<Result, string>();
  let left = failures.filter(({ outcome }) => outcome === "failed");
  for (;;) {
    const counts = new Map<string, number>();
    for (const { flags = [] } of left) {
      for (const flag of flags) {
        if (!contradicted.has(flag)) counts.set(flag, (counts.get(flag) ?? 0) + 1);
      }
    }
    const [best] = [...counts].sort(([, a], [, b]) => b - a);
    if (best === undefined) return flagged;
    for (const result of left) if (result.flags?.includes(best[0])) flagged.set(result, best[0]);
    left = left.filter((result) => !flagged.has(result));
  }
}

/** What the vectors say of their flags. */
function flagDescriptions(): (flag: string) => Cause {
  const files = loadVectors();
  return (flag) => {
    const found = files.find(({ flags }) => Object.hasOwn(flags, flag))?.flags[flag];
    return found === undefined
      ? { mistake: flag, text: "Likely this mistake." }
      : cause(found.section, `Likely: ${found.description}`, flag);
  };
}

/** What can be said of a failure whose cause is unknown. */
function inItself({
  kind,
  outcome,
  section,
  comment,
  expected,
  received,
}: Result): [number, Cause] {
  if (outcome === "error") {
    const [code = ""] = String(received).split(":");
    return [RANK.silent, { text: `Your program does not answer (${code}).` }];
  }
  if (isRejection(expected)) {
    return [RANK.accepted, cause(section, "Your program accepts invalid input.")];
  }
  if (isRejection(received))
    return [RANK.wrong, cause(section, "Your program rejects valid input.")];
  return [
    RANK.wrong,
    kind === "property"
      ? cause(section, `This does not hold: ${comment}`)
      : cause(section, "Wrong answers for a reason that is not known."),
  ];
}

/** The fewest causes first, then the shortest input. */
function byClarity(a: Result, b: Result): number {
  const [first, second] = [causeCount(a), causeCount(b)];
  return first === second ? size(a) - size(b) : first - second;
}

function causeCount({ explanation }: Result): number {
  // What is proven is a better example than what is likely.
  return explanation?.causes[0]?.length ?? Number.POSITIVE_INFINITY;
}

function size({ input }: Result): number {
  return JSON.stringify(input)?.length ?? 0;
}
