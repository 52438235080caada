import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { answerProblem, HttpProblem } from "./problem.js";

/** Refuses with 413 a body of more than 64 KiB, before it is read. */
export const limitBody: MiddlewareHandler = bodyLimit({
  maxSize: 65_536,
  onError: (context) =>
    answerProblem(
      context,
      new HttpProblem(413, "body_too_large", "the body has more than 65536 octets"),
    ),
});
