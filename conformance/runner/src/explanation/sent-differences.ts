import { isDeepStrictEqual } from "node:util";
import type { Parameter, SignInput } from "@oauth1/properties";
import { encode, pairsWithout } from "@oauth1/properties/references";
import type { Carried, Signed, Target } from "@oauth1/properties/signed-request";
import type { Cause } from "../report.js";
import { cause } from "./cause.js";

/**
 * The differences between a signed request and the requested one, parameter by parameter. The
 * signature itself is explained elsewhere.
 */
export function sentDifferences(
  { transmission }: SignInput,
  received: Partial<Signed>,
  expected: Partial<Signed>,
): Cause[] {
  const [found, right] = [received.carried, expected.carried] as (Carried | undefined)[];
  const { place, section } = PLACES[transmission] ?? PLACES["header"];
  if (right === undefined) return [];
  if (found === undefined)
    return [cause(section, `The answer has no ${place.replace("The ", "")}.`)];
  const [first] = found.parameters;
  // The diagnosis's rule says more.
  if (first?.[0] === MALFORMED) return [];
  return [
    ...targetDifferences(received.target, expected.target),
    ...realmDifferences(found.realm, right.realm),
    ...parameterDifferences(found.parameters, right.parameters, place, section),
  ];
}

const MALFORMED = "malformed header field";

interface Place {
  readonly place: string;
  readonly section: string;
}

const PLACES: Readonly<Record<string, Place>> & { readonly header: Place } = {
  header: { place: "The Authorization header", section: "§3.5.1" },
  "form-body": { place: "The form body", section: "§3.5.2" },
  query: { place: "The URL", section: "§3.5.3" },
};

/** The differences between the URL that is sent and the requested one. */
function targetDifferences(received: Target | undefined, expected: Target | undefined): Cause[] {
  if (received === undefined || expected === undefined) return [];
  const say = (text: string) => [cause("§3.4.1.2", text)];
  return [
    ...(received.origin === expected.origin ? [] : say("The request goes to another origin.")),
    ...(isDeepStrictEqual(received.path, expected.path)
      ? []
      : say("The request goes to another path.")),
    ...parameterDifferences(
      received.parameters ?? [],
      expected.parameters ?? [],
      "The URL that is sent",
      "§3.4.1.3.1",
    ),
  ];
}

function realmDifferences(received: string | null, expected: string | null): Cause[] {
  if (received === expected) return [];
  const said = (text: string, mistake: string) => [cause("§3.5.1", text, mistake)];
  if (received === null) return said("The Authorization header lacks realm.", "RealmLost");
  if (expected === null)
    return said("The Authorization header has a realm that was not asked for.", "RealmSent");
  return received === encode(expected)
    ? said("The realm is percent-encoded: write it as a quoted-string.", "RealmEncoded")
    : said("The realm is not the one that was asked for.", "RealmChanged");
}

function parameterDifferences(
  received: readonly Parameter[],
  expected: readonly Parameter[],
  place: string,
  section: string,
): Cause[] {
  const causes = new Map<string, Cause>();
  const say = (text: string, mistake?: string) => causes.set(text, cause(section, text, mistake));
  const [added, missing] = [pairsWithout(received, expected), pairsWithout(expected, received)];
  for (const [name, value] of missing) {
    if (name === "oauth_signature") continue;
    const index = added.findIndex((pair) => pair[0] === name);
    const [other] = index < 0 ? [] : added.splice(index, 1);
    const subject = shownName(name);
    if (other === undefined) say(`${place} lacks ${subject}.`);
    else if (other[1] === encode(value)) say(`${place} has ${subject} encoded twice.`);
    else if (other[1] === value.replaceAll("+", " "))
      say(`${place} has ${subject} without encoding, so that "+" arrives as a space.`);
    else say(`${place} has another value of ${subject} than was asked for.`);
  }
  for (const [name] of added) {
    if (name !== "oauth_signature")
      say(`${place} has ${shownName(name)}, which was not asked for.`);
  }
  return [...causes.values()];
}

/** A protocol parameter by its name; of the others there are too many. */
function shownName(name: string): string {
  return /^oauth_\w{1,40}$/.test(name) ? name : "a parameter of the request";
}
