import type { Asked, Failure } from "@oauth1/properties";
import type { Cause, Explanation } from "../report.js";
import { excerptAround } from "../shortened.js";
import { sectionName, sentenceOf } from "../specification.js";
import { explainBaseString } from "./explain-base-string.js";
import { explainSignature } from "./explain-signature.js";
import { explainSigned } from "./explain-signed.js";
import { firstDifference } from "./first-difference.js";
import type { Answers, Found } from "./found.js";

/** The explanation of a failure, as a member of its result; an empty object if there is none. */
export function explained(failure: Failure): { readonly explanation?: Explanation } {
  const { section, asked } = failure;
  const sentence = sentenceOf(section);
  const found: Found = asked === undefined ? { causes: [] } : explainAnswer(asked, failure);
  const text = [
    ...(sentence === undefined ? [] : [`${sectionName(section)}: ${sentence}`]),
    ...(found.causes[0] ?? []).map((cause) => `${cause.text.slice(0, -1)} (${nameOf(cause)}).`),
    ...(found.note === undefined ? [] : [found.note]),
  ].join(" ");
  const baseStrings = found.texts && excerpts(found.texts);
  if (text === "" && baseStrings === undefined) return {};
  return {
    explanation: {
      text,
      causes: found.causes,
      ...(baseStrings === undefined ? {} : { baseStrings }),
    },
  };
}

function nameOf({ mistake, section }: Cause): string {
  return [mistake, section].filter((part) => part !== undefined).join(", ");
}

function explainAnswer(asked: Asked, answers: Answers): Found {
  switch (asked.step) {
    case "sign":
      return explainSigned(asked, answers);
    case "signature":
      return explainSignature(asked.input, answers);
    default:
      return explainBaseString(asked, answers);
  }
}

/** The parts of two texts around the place where they begin to differ. */
function excerpts({ expected, received }: NonNullable<Found["texts"]>): Explanation["baseStrings"] {
  if (expected === received) return undefined;
  const whole = firstDifference(expected, received);
  const shown = {
    expected: excerptAround(expected, whole),
    received: excerptAround(received, whole),
  };
  return { ...shown, index: firstDifference(shown.expected, shown.received) };
}
