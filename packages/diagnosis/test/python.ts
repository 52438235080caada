// The injector of mistakes in Python, which uses oauthlib for the right signature.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { DiagnosisOptions, MistakeName, ReceivedRequest, Secrets } from "@oauth1/diagnosis";

const PYTHON = "/usr/bin/python3";

/**
 * `true` if the injector can run. Otherwise its tests are skipped with a warning, and fail in
 * CI.
 */
export const hasInjector: boolean =
  spawnSync(PYTHON, ["-c", "import oauthlib, cryptography"]).status === 0;
if (!hasInjector) {
  const missing = `${PYTHON} lacks oauthlib or cryptography: no mistake is injected`;
  if (process.env["CI"]) throw new Error(missing);
  console.warn(`SKIPPED: ${missing}`);
}

/** A request whose signer made mistakes. */
export interface Injected {
  readonly request: ReceivedRequest;
  readonly secrets: Secrets;
  readonly options: DiagnosisOptions;
  readonly mistakes: readonly MistakeName[];
  /** The right base string, by oauthlib. */
  readonly right: string;
  /** The data with which the injector is asked about the request again. */
  readonly model: unknown;
  readonly signature: string;
}

/** Random requests, each with this number of mistakes. */
export function inject(seed: number, count: number, mistakes: number): Injected[] {
  return run(["make", `${seed}`, `${count}`, `${mistakes}`], "").map((line) => {
    const one = line as Injected & Secrets & DiagnosisOptions;
    const { clientSharedSecret, tokenSharedSecret, publicKey, hosts, pathPrefixes } = one;
    return {
      ...one,
      secrets: { clientSharedSecret, tokenSharedSecret, publicKey },
      options: { hosts, pathPrefixes, now: 1191242096 },
    };
  });
}

/** Asks the injector whether other mistakes also produce the signature of an injected request. */
export function coincide(
  asked: readonly { injected: Injected; mistakes: readonly MistakeName[]; baseString: string }[],
): boolean[] {
  const lines = asked.map(({ injected: { model, signature }, mistakes, baseString }) =>
    JSON.stringify({ model, signature, mistakes, baseString }),
  );
  return run(["check"], lines.join("\n")) as boolean[];
}

function run(parameters: readonly string[], input: string): unknown[] {
  const script = fileURLToPath(new URL("inject.py", import.meta.url));
  const { status, stdout, stderr } = spawnSync(PYTHON, [script, ...parameters], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`inject.py failed: ${stderr}`);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
