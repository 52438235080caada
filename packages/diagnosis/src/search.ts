import { baseStringWriter } from "./signer/base-string-writer.js";
import type { Deviation } from "./signer/deviation.js";
import type { Deviations } from "./signer/deviations.js";
import { type Draft, type Key, keyText } from "./signer/draft.js";

/** Decides whether a signer that follows a draft produced what was received. */
export interface Proof {
  readonly usesBaseString: boolean;
  readonly usesKey: boolean;
  matches(this: void, baseString: string, key: string): boolean;
}

/** The causes that were found, and how far the search went. */
export interface SearchResult {
  /**
   * The assignments that explain the signature. They give the same base string and key, best
   * first.
   */
  readonly found: readonly Found[];
  /** The number of different signatures that were compared. */
  readonly tried: number;
  /** `true` if every single mistake and every pair was tried. */
  readonly isComplete: boolean;
}

/** An assignment of wrong forms to the steps of a signer. */
export interface Found {
  readonly deviations: readonly Deviation[];
  readonly draft: Draft;
  readonly baseString: string;
}

/**
 * Searches for the deviations that produce the received signature: single ones first, then
 * pairs, then triples, and likely ones first within each group. Drafts with the same base
 * string and key are tried once.
 *
 * @param effort - Bounds the work: about the number of characters that are written and hashed.
 */
export function search(
  right: Draft,
  deviations: Deviations,
  proof: Proof,
  effort: number,
): SearchResult {
  let left = effort;
  let tried = 0;
  const write = baseStringWriter((length) => {
    left -= length;
  });
  const seen = new Map<string, Map<string, Entry | undefined>>();
  const keys = new WeakMap<Key, string>();

  const baseStringOf = (draft: Draft) => (proof.usesBaseString ? write(draft) : "");
  function keyOf({ key }: Draft): string {
    if (!proof.usesKey) return "";
    const text = keys.get(key) ?? keyText(key);
    keys.set(key, text);
    return text;
  }

  function matches(baseString: string, key: string): boolean {
    tried++;
    left -= FIXED_EFFORT + baseString.length;
    return proof.matches(baseString, key);
  }
  /** Compares a draft unless an equivalent one was compared before. */
  function attemptOnce(draft: Draft, entry?: Entry): boolean {
    const baseString = baseStringOf(draft);
    const key = keyOf(draft);
    const ofKey = seen.get(key) ?? new Map<string, Entry | undefined>();
    seen.set(key, ofKey);
    if (ofKey.has(baseString)) {
      if (entry !== undefined) noteCoincidence(ofKey.get(baseString), entry);
      return false;
    }
    ofKey.set(baseString, entry);
    if (entry !== undefined) entry.isEffective = true;
    return matches(baseString, key);
  }
  const attempt = (draft: Draft) => matches(baseStringOf(draft), keyOf(draft));

  const result = (entries: readonly Entry[] | undefined): SearchResult => ({
    found: entries === undefined ? [] : coincidences(entries, right, baseStringOf),
    tried,
    isComplete: left > 0,
  });

  if (attemptOnce(right)) return result([]);

  let match: readonly Entry[] | undefined;
  const entries: Entry[] = [];
  for (const entry of rankedEntries(deviations)) {
    if (left <= 0) return result(match);
    const draft = entry.deviation.change(right);
    if (draft === undefined) {
      if (entry.deviation.needsOther) entries.push(entry);
      continue;
    }
    entry.draft = draft;
    // The loop continues to the end, because deviations that coincide with the match are
    // reported with it.
    if (attemptOnce(draft, entry)) match = [entry];
    if (entry.isEffective || entry.deviation.needsOther) entries.push(entry);
  }
  if (match !== undefined) return result(match);

  for (const [first, second] of pairsByRank(entries)) {
    if (left <= 0) return result(undefined);
    for (const ordered of orders(first, second)) {
      const draft = compose(ordered, right);
      if (draft === undefined) continue;
      // Steps that write different parts of a base string or a key never produce the same text.
      const isKnown = areIndependent(first, second) ? attempt(draft) : attemptOnce(draft);
      if (isKnown) return result(ordered);
    }
  }
  const pairs = result(undefined);
  for (const triple of triplesByRank(entries)) {
    if (left <= 0) break;
    const draft = compose(triple, right);
    if (draft !== undefined && attempt(draft)) return { ...result(triple), isComplete: true };
  }
  return { ...pairs, tried };
}

/** The cost of a comparison in addition to the length of its text. */
const FIXED_EFFORT = 500;

/** A deviation among the others. */
interface Entry {
  readonly deviation: Deviation;
  /** Its place in the pipeline. */
  readonly step: number;
  readonly index: number;
  /** The right draft with this deviation alone. */
  draft?: Draft;
  isEffective: boolean;
  /** Deviations that have the same effect on this request. */
  readonly alternatives: Entry[];
}

/** One entry for each name is enough. */
function noteCoincidence(known: Entry | undefined, entry: Entry): void {
  if (known === undefined) return;
  const isNamed = [known, ...known.alternatives].some(
    (other) => other.deviation.mistakes.join() === entry.deviation.mistakes.join(),
  );
  if (!isNamed) known.alternatives.push(entry);
}

/** Returns true if two effective deviations change different parts of the text. */
function areIndependent(a: Entry, b: Entry): boolean {
  return (
    a.step !== b.step &&
    Math.max(a.step, b.step) >= STEPS_OF_PARAMETERS &&
    a.isEffective &&
    b.isEffective
  );
}

/** The first steps, which write the normalized parameters together. */
const STEPS_OF_PARAMETERS = 3;

/** All deviations, likely ones first. */
function rankedEntries({ steps }: Deviations): Entry[] {
  return steps
    .flatMap((list, step) =>
      list.map((deviation, index) => ({
        rank: index,
        entry: { deviation, step, index, isEffective: false, alternatives: [] },
      })),
    )
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

/** The right draft with several deviations, in the order given. */
function compose(entries: readonly Entry[], right: Draft): Draft | undefined {
  const [first, ...others] = entries;
  let draft = first === undefined ? right : (first.draft ?? first.deviation.change(right));
  for (const { deviation } of others) draft = draft && deviation.change(draft);
  return draft;
}

/**
 * The orders in which two deviations apply: that of the steps. Two deviations of one step can
 * apply in either order, because a signer that loses duplicates and empty values can do either
 * first.
 */
function orders(a: Entry, b: Entry): (readonly Entry[])[] {
  if (sharesMistake(a, b)) return [];
  if (a.step === b.step)
    return a.index < b.index
      ? [
          [a, b],
          [b, a],
        ]
      : [
          [b, a],
          [a, b],
        ];
  return a.step < b.step ? [[a, b]] : [[b, a]];
}

/** Three entries in the order of the steps. */
function inPipelineOrder(a: Entry, b: Entry, c: Entry): readonly Entry[] {
  const [low, high] = isBefore(a, b) ? [a, b] : [b, a];
  if (isBefore(c, low)) return [c, low, high];
  return isBefore(c, high) ? [low, c, high] : [low, high, c];
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.step < b.step || (a.step === b.step && a.index < b.index);
}

function sharesMistake(a: Entry, b: Entry): boolean {
  return a.deviation.mistakes.some((name) => b.deviation.mistakes.includes(name));
}

function* pairsByRank(entries: readonly Entry[]): Iterable<readonly [Entry, Entry]> {
  for (let sum = 1; sum < 2 * entries.length; sum++) {
    for (let low = Math.max(0, sum - entries.length + 1); 2 * low < sum; low++) {
      const [a, b] = [entries[low], entries[sum - low]];
      if (a !== undefined && b !== undefined) yield [a, b];
    }
  }
}

function* triplesByRank(entries: readonly Entry[]): Iterable<readonly Entry[]> {
  for (let high = 2; high < entries.length; high++) {
    for (const [a, b] of pairsByRank(entries.slice(0, high))) {
      const c = entries[high];
      if (c === undefined || sharesMistake(a, b) || sharesMistake(a, c) || sharesMistake(b, c))
        continue;
      yield inPipelineOrder(a, b, c);
    }
  }
}

/** The match, and the deviations with other names that have the same effect on this request. */
function coincidences(
  match: readonly Entry[],
  right: Draft,
  baseStringOf: (draft: Draft) => string,
): Found[] {
  let lists: (readonly Entry[])[] = [[]];
  for (const entry of match) {
    lists = lists.flatMap((list) =>
      [entry, ...entry.alternatives].map((alternative) => [...list, alternative]),
    );
  }
  const names = new Set<string>();
  const found: Found[] = [];
  let identity: string | undefined;
  for (const list of lists.slice(0, MOST_COINCIDENCES)) {
    const draft = compose(list, right);
    if (draft === undefined) continue;
    const baseString = baseStringOf(draft);
    identity ??= `${keyText(draft.key)}\n${baseString}`;
    const name = list
      .flatMap(({ deviation }) => deviation.mistakes)
      .sort()
      .join();
    if (`${keyText(draft.key)}\n${baseString}` !== identity || names.has(name)) continue;
    names.add(name);
    found.push({ deviations: list.map(({ deviation }) => deviation), draft, baseString });
  }
  return found;
}

const MOST_COINCIDENCES = 16;
