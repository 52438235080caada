import type { Random } from "./random.js";

/** The longest input. Longer ones belong to the measurement of complexity. */
const LONGEST = 2000;

/** Characters at which parsers change their mind. */
const CHARACTERS: readonly string[] = Array.from(
  "\0\t\n\r \"#$%&'()*+,-./019:;<=>?@AZ[\\]^_`az{|}~\x7f\x80\xa0\xe9\xff\u017f\u2028\u212a\ud800\udfff\ufeff\ufffd",
).concat("%00", "%2B", "%ff", "%C3%A9", "%f0%9f%98%80", "\ud83d\ude00", "\r\n");

/**
 * Changes an input at one to a few places: inserts, deletes, copies, moves and replaces pieces of
 * the input, of another input of the corpus, and of the grammar.
 */
export function mutate(
  input: string,
  random: Random,
  corpus: readonly string[],
  tokens: readonly string[],
): string {
  let changed = input;
  for (let times = 1 + random.below(random.below(4) === 0 ? 8 : 3); times > 0; times--) {
    changed = changeOnce(changed, random, corpus, tokens);
  }
  return changed.slice(0, LONGEST);
}

function changeOnce(
  input: string,
  random: Random,
  corpus: readonly string[],
  tokens: readonly string[],
): string {
  const start = random.below(input.length + 1);
  const end = Math.min(input.length, start + random.below(random.below(3) === 0 ? 40 : 4));
  const before = input.slice(0, start);
  const piece = input.slice(start, end);
  const after = input.slice(end);
  const token = () => (tokens.length === 0 ? random.pick(CHARACTERS) : random.pick(tokens));
  switch (random.below(10)) {
    case 0:
      return before + after;
    case 1:
      return before + random.pick(CHARACTERS) + after;
    case 2:
      return before + random.pick(CHARACTERS) + piece + after;
    case 3:
      return before + token() + piece + after;
    case 4:
      return before + token() + after;
    case 5:
      return before + piece.repeat(2 + random.below(random.below(8) === 0 ? 60 : 3)) + after;
    case 6: {
      // The other input's end, from any place.
      const other = random.pick(corpus);
      return before + other.slice(random.below(other.length + 1));
    }
    case 7: {
      const other = random.pick(corpus);
      const from = random.below(other.length + 1);
      return before + other.slice(from, from + random.below(30)) + after;
    }
    case 8: {
      const code = input.charCodeAt(start);
      if (Number.isNaN(code)) return input;
      const near =
        random.below(2) === 0 ? code ^ (1 << random.below(8)) : code + random.below(3) - 1;
      return before + String.fromCharCode(near & 0xffff) + input.slice(start + 1);
    }
    default: {
      const place = random.below(before.length + 1);
      return before.slice(0, place) + piece + before.slice(place) + after;
    }
  }
}
