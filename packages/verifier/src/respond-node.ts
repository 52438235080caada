import type { ServerResponse } from "node:http";
import type { RefusedRequest } from "./verification.js";

/**
 * Answers a refused request. What was not read of a body that is too long is not waited for.
 */
export function respond(response: ServerResponse, refused: RefusedRequest): void {
  for (const [name, value] of Object.entries(refused.headers)) response.setHeader(name, value);
  if (refused.status === 413) response.setHeader("Connection", "close");
  response.statusCode = refused.status;
  response.end(refused.body);
}
