import type { FuzzTarget } from "../target.js";

/** The targets by name. Each is loaded on demand, so that V8 counts few modules. */
const TARGETS: Readonly<Record<string, () => Promise<{ readonly target: FuzzTarget }>>> = {
  "percent-decode": () => import("./percent-decode.js"),
  form: () => import("./form.js"),
  url: () => import("./url.js"),
  "authorization-header": () => import("./authorization-header.js"),
  challenge: () => import("./challenge.js"),
  "http-message": () => import("./http-message.js"),
  "curl-command": () => import("./curl-command.js"),
  har: () => import("./har.js"),
  "json-request": () => import("./json-request.js"),
  "json-lines": () => import("./json-lines.js"),
  "pem-key": () => import("./pem-key.js"),
  "der-key": () => import("./der-key.js"),
  "media-type": () => import("./media-type.js"),
  forwarded: () => import("./forwarded.js"),
  "credential-response": () => import("./credential-response.js"),
  vectors: () => import("./vectors.js"),
};

/** The names of all targets. */
export const targetNames: readonly string[] = Object.keys(TARGETS);

/** Loads a target of {@link targetNames}. */
export async function loadTarget(name: string): Promise<FuzzTarget> {
  const load = TARGETS[name];
  if (load === undefined) throw new RangeError(`unknown target: ${name}`);
  return (await load()).target;
}
