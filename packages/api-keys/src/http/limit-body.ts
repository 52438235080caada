import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { answerProblem, HttpProblem } from "./problem.js";

/** Rejects a body of more than 64 KiB with 413 before reading it. */
export const limitBody: MiddlewareHandler = bodyLimit({
  maxSize: 65_536,
  onError: (context) =>
    answerProblem(
      context,
      new HttpProblem(413, "body_too_large", "the body must have at most 65536 bytes"),
    ),
});
