import {
  normalizePercentEncoding,
  PercentEncodingError,
  percentEncode,
} from "@oauth1/percent-encoding";
import type { MistakeName } from "../mistakes.js";
import { type Deviation, deviation, type Situation } from "./deviation.js";
import { decodeText, type SignedParameter } from "./draft.js";

/** Wrong forms of the collection of parameters (RFC 5849 §3.4.1.3.1). */
export function parameterDeviations({ reading }: Situation): Deviation[] {
  return [
    each("CallbackEncodedTwice", (parameter) =>
      parameter.name === "oauth_callback"
        ? { ...parameter, value: percentEncode(parameter.value) }
        : parameter,
    ),
    each("CallbackEncodedTwice", (parameter) => {
      const value = percentEncode(decodeText(decodeText(parameter.value)));
      return parameter.name === "oauth_callback" && value !== parameter.value
        ? { ...parameter, value }
        : parameter;
    }),
    without("QueryNotSigned", (parameter) => isOwn(parameter, "query")),
    without("FormNotSigned", (parameter) => isOwn(parameter, "form-body")),
    added("VersionAlwaysSigned", "oauth_version", "1.0"),
    without("VersionNotSigned", ({ name }) => name === "oauth_version"),
    added("EmptyTokenAdded", "oauth_token", ""),
    without("EmptyTokenOmitted", ({ name, value }) => name === "oauth_token" && value === ""),
    without("CallbackNotSigned", ({ name }) => name === "oauth_callback"),
    without("VerifierNotSigned", ({ name }) => name === "oauth_verifier"),
    without("BodyHashNotSigned", ({ name }) => name === "oauth_body_hash"),
    listed("RealmSigned", (list) =>
      reading.realm === undefined
        ? list
        : [...list, protocol("realm", percentEncode(reading.realm))],
    ),
    ...bodyAsForms(reading).map((form) =>
      listed("BodySignedAsForm", (list) => (form.length === 0 ? list : [...list, ...form])),
    ),
    listed("DuplicateDropped", (list) => lastOfEachName(list)),
    listed("DuplicateDropped", (list) => lastOfEachName([...list].reverse()).reverse()),
    listed("DuplicateDropped", (list) => [
      ...new Map(
        list.map((parameter) => [`${parameter.name}=${parameter.value}`, parameter]),
      ).values(),
    ]),
    listed("DuplicatesJoined", joinedDuplicates),
    listed("BracketsAdded", (list) => {
      const counts = countNames(list);
      return list.map((parameter) =>
        (counts.get(parameter.name) ?? 0) > 1 && !parameter.isProtocol
          ? { ...parameter, name: `${parameter.name}%5B%5D`, spelled: undefined }
          : parameter,
      );
    }),
    // Only the request's own parameters, or also an empty protocol parameter.
    without("EmptyValueDropped", ({ value, isProtocol }) => value === "" && !isProtocol),
    without("EmptyValueDropped", ({ value }) => value === ""),
    each("EmptyValueDropped", (parameter) =>
      parameter.value === "" ? { ...parameter, omitsEquals: true } : parameter,
    ),
    ...(["query", "form-body", undefined] as const).map((source) =>
      each("PlusKept", (parameter) =>
        source === undefined || parameter.source === source ? withPlusKept(parameter) : parameter,
      ),
    ),
    without("NameWithoutEqualsDropped", ({ isBare }) => isBare === true),
    each("SplitAtSecondEquals", (parameter) => {
      const end = parameter.spelled?.[1].indexOf("=") ?? -1;
      return end < 0
        ? parameter
        : respelled(parameter, parameter.spelled?.[0], parameter.spelled?.[1].slice(0, end));
    }),
    each("SplitAtSecondEquals", (parameter) => {
      const [name = "", value = ""] = parameter.spelled ?? [];
      const last = value.lastIndexOf("=");
      return last < 0
        ? parameter
        : respelled(parameter, `${name}=${value.slice(0, last)}`, value.slice(last + 1));
    }),
    listed("QuerySignedTwice", (list) => {
      const own = list.filter((parameter) => isOwn(parameter, "query"));
      return own.length === 0 ? list : [...list, ...own];
    }),
    added("SignatureSigned", "oauth_signature", ""),
  ];
}

function isOwn(
  { source, isProtocol }: SignedParameter,
  wanted: SignedParameter["source"],
): boolean {
  return source === wanted && !isProtocol;
}

function protocol(name: string, value: string): SignedParameter {
  return { name, value, source: "protocol", isProtocol: true };
}

function listed(
  mistake: MistakeName,
  change: (list: readonly SignedParameter[]) => readonly SignedParameter[],
): Deviation {
  return deviation(mistake, "parameters", (list) => {
    const changed = change(list);
    return changed.length === list.length && changed.every((one, index) => one === list[index])
      ? list
      : changed;
  });
}

function each(
  mistake: MistakeName,
  change: (parameter: SignedParameter) => SignedParameter,
): Deviation {
  return listed(mistake, (list) => list.map(change));
}

function without(mistake: MistakeName, isLost: (parameter: SignedParameter) => boolean): Deviation {
  return listed(mistake, (list) => list.filter((parameter) => !isLost(parameter)));
}

function added(mistake: MistakeName, name: string, value: string): Deviation {
  return listed(mistake, (list) =>
    list.some((parameter) => parameter.name === name) ? list : [...list, protocol(name, value)],
  );
}

function lastOfEachName(list: readonly SignedParameter[]): SignedParameter[] {
  return [...new Map(list.map((parameter) => [parameter.name, parameter])).values()];
}

function countNames(list: readonly SignedParameter[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of list) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function joinedDuplicates(list: readonly SignedParameter[]): readonly SignedParameter[] {
  const values = new Map<string, string[]>();
  for (const { name, value } of list) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  if (values.size === list.length) return list;
  const first = new Map([...list].reverse().map((parameter) => [parameter.name, parameter]));
  return [...values].flatMap(([name, all]) => {
    const parameter = first.get(name);
    if (parameter === undefined) return [];
    if (all.length === 1) return [parameter];
    // An encoded comma: the values are joined before they are encoded.
    return [{ ...parameter, value: all.join("%2C"), spelled: undefined, isBare: false }];
  });
}

function withPlusKept(parameter: SignedParameter): SignedParameter {
  const { spelled } = parameter;
  if (spelled === undefined || !spelled.some((part) => part.includes("+"))) return parameter;
  const [name, value] = spelled.map((part) => normalizePercentEncoding(part, { plus: "literal" }));
  return { ...parameter, name: name ?? "", value: value ?? "" };
}

function respelled(parameter: SignedParameter, name = "", value = ""): SignedParameter {
  const [encodedName, encodedValue] = [name, value].map((part) =>
    normalizePercentEncoding(part, { plus: "space" }),
  );
  return {
    ...parameter,
    name: encodedName ?? "",
    value: encodedValue ?? "",
    spelled: [name, value],
  };
}

/** The parameters that a signer may read from a body that is not a form. */
function bodyAsForms({
  isForm,
  bodyText,
  octetsOfBody,
}: Situation["reading"]): SignedParameter[][] {
  if (isForm || bodyText === "") return [];
  const own = (name: string, value: string): SignedParameter => ({
    name,
    value,
    source: "form-body",
    isProtocol: false,
  });
  const pieces = bodyText.split("&").filter((piece) => piece !== "");
  const readings: (() => SignedParameter[])[] = [
    () =>
      pieces.map((piece) => {
        const equals = piece.indexOf("=");
        const [name, value] =
          equals < 0 ? [piece, ""] : [piece.slice(0, equals), piece.slice(equals + 1)];
        return respelled(own("", ""), name, value);
      }),
    () =>
      membersOf(octetsOfBody).map(([name, value]) =>
        own(percentEncode(name), percentEncode(value)),
      ),
    () => [own(percentEncode(utf8(octetsOfBody)), "")],
  ];
  return readings.map((read) => {
    try {
      return read();
    } catch (error) {
      if (isUnreadable(error)) return [];
      throw error;
    }
  });
}

/** The body is neither a form nor JSON, or is nested deeper than the engine's stack. */
function isUnreadable(error: unknown): boolean {
  return (
    error instanceof PercentEncodingError ||
    error instanceof SyntaxError ||
    error instanceof RangeError
  );
}

/** The members of a JSON object. */
function membersOf(octets: Uint8Array): [string, string][] {
  const text = utf8(octets);
  if (!/^\s*\{/.test(text)) return [];
  return Object.entries(JSON.parse(text) as object).map(([name, value]) => [
    name,
    typeof value === "object" && value !== null ? JSON.stringify(value) : String(value),
  ]);
}

function utf8(octets: Uint8Array): string {
  return new TextDecoder().decode(octets);
}
