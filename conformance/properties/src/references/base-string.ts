import type { Parameter } from "../implementation.js";
import { encode } from "./encode.js";

/** Normalized parameters: encoded names, then encoded values, compared as octets. */
export function normalized(parameters: readonly Parameter[]): string {
  return parameters
    .map(([name, value]) => [Buffer.from(encode(name)), Buffer.from(encode(value))] as const)
    .sort((a, b) => Buffer.compare(a[0], b[0]) || Buffer.compare(a[1], b[1]))
    .map((pair) => pair.join("="))
    .join("&");
}

/** The signature base string of a request from its parts (RFC 5849 §3.4.1.1). */
export function baseString(
  method: string,
  baseStringUri: string,
  parameters: readonly Parameter[],
): string {
  return [method, baseStringUri, normalized(parameters)].map(encode).join("&");
}
