import type { ServerResponse } from "node:http";
import type { RejectedRequest } from "./verification.js";

/** Responds to a rejected request. */
export function respond(response: ServerResponse, rejected: RejectedRequest): void {
  for (const [name, value] of Object.entries(rejected.headers)) response.setHeader(name, value);
  if (endsConnection(rejected, response.req)) response.setHeader("Connection", "close");
  response.statusCode = rejected.status;
  response.end(rejected.body);
}

/**
 * Returns true if the connection ends with the response, so that the rest of a body that is too
 * long or too slow is not read. HTTP/2 has no such header (RFC 9113 §8.2.2).
 */
export function endsConnection(
  { status }: RejectedRequest,
  { httpVersionMajor }: { readonly httpVersionMajor: number },
): boolean {
  return (status === 413 || status === 408) && httpVersionMajor < 2;
}
