import { diagnose } from "@oauth1/diagnosis";
import { hasGivenUp, type Implementation, ProtocolError, Unsupported } from "@oauth1/properties";
import { PRIVATE_KEY, PUBLIC_KEY } from "@oauth1/properties/references";
import { asReceived } from "@oauth1/properties/signed-request";
import type { Candidate } from "../candidate.js";
import {
  type PairRequest,
  pairRequests,
  secretsOf,
  signInput,
  transmissionsOf,
} from "./pair-requests.js";
import { type ArrivedRequest, type RequestEcho, requestEcho } from "./request-echo.js";

/** Every signer against every verifier. Plain JSON data. */
export interface PairwiseReport {
  /** Day of the run, ISO 8601. */
  readonly date: string;
  readonly requests: readonly Pick<PairRequest, "id" | "about">[];
  readonly signers: readonly PairMember[];
  readonly verifiers: readonly PairMember[];
  /** A row for each signer, a cell for each verifier, in their order. */
  readonly cells: readonly (readonly PairCell[])[];
}

/** A signer or a verifier. */
export interface PairMember {
  readonly name: string;
  readonly version: string;
  readonly language: string;
}

/** The result for one signer and one verifier. */
export interface PairCell {
  /** Requests that the verifier accepted. */
  readonly verified: number;
  /** Requests that both support. */
  readonly asked: number;
  /** The rejected requests, by cause. */
  readonly failures: readonly PairFailure[];
}

/** The cause of rejections. */
export interface PairFailure {
  /** The party that caused it, according to an independent diagnosis of the request. */
  readonly fault: "signer" | "verifier";
  readonly cause: string;
  /** Ids of requests, each with its transmission. */
  readonly requests: readonly string[];
}

/**
 * Signs requests with every candidate that can sign, sends them over HTTP, and lets every
 * candidate that can verify verify them.
 *
 * @param onProgress - Called for every signer that has ended.
 */
export async function runPairwise(
  candidates: readonly Candidate[],
  onProgress: (signer: string) => void = () => {},
): Promise<PairwiseReport> {
  const echo = await requestEcho();
  const opened: Implementation[] = [];
  try {
    const members = new Map<Implementation, PairMember>();
    for (const candidate of candidates) {
      const implementation = await openIfInstalled(candidate);
      if (implementation === undefined) continue;
      opened.push(implementation);
      const { version, language } = implementation;
      const name = candidate.manifest?.name ?? implementation.name;
      members.set(implementation, { name, version, language });
    }
    const signers = opened.filter(({ sign }) => sign !== undefined);
    const verifiers = opened.filter(({ verify }) => verify !== undefined);
    const cells: PairCell[][] = [];
    const signing: Implementation[] = [];
    for (const signer of signers) {
      const signed = await signAll(signer, echo);
      // A signer that only computes signatures does not send requests.
      if (signed.length === 0) continue;
      signing.push(signer);
      const row: PairCell[] = [];
      for (const verifier of verifiers) row.push(await verifyAll(verifier, signed));
      cells.push(row);
      onProgress(members.get(signer)?.name ?? signer.name);
    }
    const memberOf = (implementation: Implementation) => members.get(implementation) as PairMember;
    return {
      date: new Date().toISOString().slice(0, 10),
      requests: pairRequests.map(({ id, about }) => ({ id, about })),
      signers: signing.map(memberOf),
      verifiers: verifiers.map(memberOf),
      cells,
    };
  } finally {
    for (const implementation of opened) await implementation.close?.();
    await echo.close();
  }
}

async function openIfInstalled(candidate: Candidate): Promise<Implementation | undefined> {
  try {
    return await candidate.open({});
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

/** A signer's request as it arrived, or the reason why it could not be sent. */
interface Signed {
  readonly id: string;
  readonly request: PairRequest;
  readonly arrived?: ArrivedRequest;
  readonly unsent?: string;
}

/** Requests that the signer does not support are omitted. */
async function signAll(signer: Implementation, echo: RequestEcho): Promise<Signed[]> {
  const all: Signed[] = [];
  for (const request of pairRequests) {
    for (const transmission of transmissionsOf(request)) {
      const id = `${request.id} by ${transmission}`;
      if (signer.signatureMethods?.includes(request.signatureMethod) === false) continue;
      if (signer.transmissions?.includes(transmission) === false) continue;
      const nonce = id.replace(/\W/g, "");
      const input = signInput(request, transmission, echo.origin, nonce, PRIVATE_KEY);
      try {
        const output = await signer.sign?.(input);
        const carries = output?.authorization ?? output?.url ?? output?.body;
        // A signer that only computes signatures leaves sending the request to its caller.
        if (output === undefined || carries === undefined) continue;
        all.push({ id, request, arrived: await echo.send(asReceived(input, output)) });
      } catch (error) {
        if (error instanceof Unsupported) continue;
        if (hasGivenUp(error)) break;
        all.push({ id, request, unsent: (error as Error).message });
      }
    }
  }
  return all;
}

async function verifyAll(verifier: Implementation, signed: readonly Signed[]): Promise<PairCell> {
  let verified = 0;
  let asked = 0;
  const failures = new Map<string, { failure: PairFailure; requests: string[] }>();
  const fail = (fault: PairFailure["fault"], cause: string, id: string) => {
    const key = `${fault} ${cause}`;
    const known = failures.get(key);
    if (known !== undefined) known.requests.push(id);
    else {
      const requests = [id];
      failures.set(key, { failure: { fault, cause, requests }, requests });
    }
  };
  for (const { id, request, arrived, unsent } of signed) {
    if (verifier.signatureMethods?.includes(request.signatureMethod) === false) continue;
    if (arrived === undefined) {
      asked++;
      fail("signer", `No request: ${unsent}`, id);
      continue;
    }
    const secrets = { ...secretsOf(request), publicKey: PUBLIC_KEY };
    let answer: { readonly valid: boolean; readonly problem?: string } | undefined;
    try {
      answer = await verifier.verify?.({ ...arrived, ...secrets });
    } catch (error) {
      if (error instanceof Unsupported) continue;
      answer = { valid: false, problem: (error as Error).message };
    }
    asked++;
    if (answer?.valid) {
      verified++;
      continue;
    }
    const signersFault = faultOf(arrived, secrets);
    if (signersFault === undefined) fail("verifier", answer?.problem ?? "rejected", id);
    else fail("signer", signersFault, id);
  }
  return {
    verified,
    asked,
    failures: [...failures.values()]
      .map(({ failure }) => failure)
      .sort((a, b) => b.requests.length - a.requests.length),
  };
}

/** The faults of a request, independent of the verifier. Empty if the request is right. */
function faultOf(
  { method, url, headers, body }: ArrivedRequest,
  secrets: Parameters<typeof diagnose>[1],
): string | undefined {
  const { valid, causes, summary } = diagnose(
    { method, url, headers, body: body === null ? null : Buffer.from(body, "base64") },
    secrets,
    { now: null, allowInsecureTransport: true, effort: 2_000_000 },
  );
  if (valid) return undefined;
  return causes[0]?.mistakes.join(" and ") ?? summary;
}
