import { type Deviation, deviation, type Situation } from "./deviation.js";

/** Wrong forms of the method in a base string (RFC 5849 §3.4.1.1). */
export function methodDeviations({ reading }: Situation): Deviation[] {
  const cases = [
    (method: string) => method.toLowerCase(),
    (method: string) => method.charAt(0) + method.slice(1).toLowerCase(),
    (method: string) =>
      method === method.toUpperCase() && method === reading.method.toUpperCase()
        ? reading.method
        : method,
  ];
  return [
    ...otherMethods({ reading }).map((other) =>
      deviation("MethodOverridden", "method", () => other),
    ),
    ...cases.map((write) => deviation("MethodCase", "method", write)),
  ];
}

/** Methods that a signer may have signed instead of the method that was sent, likely ones first. */
function otherMethods({ reading }: Pick<Situation, "reading">): string[] {
  const overrides = ["x-http-method-override", "x-http-method", "x-method-override"].flatMap(
    (name) => reading.fields(name).slice(0, 2),
  );
  const own = reading.method.toUpperCase();
  return [...overrides.map((name) => name.toUpperCase()), ...COMMON_METHODS].filter(
    (other, index, all) => other !== own && all.indexOf(other) === index && /^[A-Z]+$/.test(other),
  );
}

const COMMON_METHODS = ["POST", "GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
