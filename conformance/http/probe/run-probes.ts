import { randomUUID } from "node:crypto";
import { type ProbeTarget, rightRequest, sendProbe, signProbe } from "./probe.js";
import { type Probe, probes } from "./probes.js";

/** What came of one probe. */
export interface ProbeResult {
  readonly id: string;
  readonly section: string;
  readonly sends: string;
  readonly must: Probe["must"];
  /** `failed`: accepted what must be refused, refused what must be accepted, or did not answer. */
  readonly outcome: "held" | "failed" | "information" | "not asked";
  /** The status of the answer that counts. */
  readonly status?: number;
  /** What is odd, though it holds: another status than 400 or 401, no challenge. */
  readonly remark?: string;
}

/** A run of all probes. Plain JSON data, without a secret. */
export interface ProbeReport {
  readonly url: string;
  readonly results: readonly ProbeResult[];
}

/**
 * Drives a server that verifies: what must be accepted is, what must be refused is (RFC 5849 §3.2).
 * Some forty requests, one after the other.
 */
export async function runProbes(target: ProbeTarget): Promise<ProbeReport> {
  const results: ProbeResult[] = [];
  for (const probe of probes) results.push(await runProbe(target, probe));
  return { url: target.url, results };
}

/** Whether a probe failed. */
export function hasFailedProbe({ results }: ProbeReport): boolean {
  return results.some(({ outcome }) => outcome === "failed");
}

async function runProbe(target: ProbeTarget, probe: Probe): Promise<ProbeResult> {
  const { id, section, sends, must } = probe;
  const common = { id, section, sends, must };
  const request = rightRequest(target, randomUUID(), Math.floor(Date.now() / 1000));
  if (
    (probe.needsForm && request.form === undefined) ||
    (probe.needsToken && target.token === undefined)
  ) {
    return { ...common, outcome: "not asked" };
  }
  probe.before?.(request);
  const wire = { ...signProbe(request) };
  probe.after?.(wire);
  try {
    if (probe.isReplay) await sendProbe(wire);
    const { status, headers } = await sendProbe(wire);
    const isAccepted = status < 400;
    const hasFailed =
      must === "accept" ? !isAccepted : must === "refuse" && (isAccepted || status >= 500);
    const remark = isAccepted || hasFailed ? undefined : remarkOn(status, headers);
    return {
      ...common,
      outcome: must === "either" ? "information" : hasFailed ? "failed" : "held",
      status,
      ...(remark === undefined || must === "either" ? {} : { remark }),
    };
  } catch (error) {
    return { ...common, outcome: "failed", remark: `no answer: ${(error as Error).message}` };
  }
}

function remarkOn(status: number, headers: { readonly "www-authenticate"?: string | undefined }) {
  if (status !== 400 && status !== 401) return `refused with ${status}, not with 400 or 401`;
  if (status === 401 && !/\bOAuth\b/i.test(headers["www-authenticate"] ?? "")) {
    return "401 without an OAuth challenge";
  }
  return undefined;
}
