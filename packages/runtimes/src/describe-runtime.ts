import type { RuntimeDescription } from "./runtime-report.js";

/** The globals that distinguish the runtimes. */
interface Globals {
  readonly Bun?: { readonly version: string };
  readonly Deno?: { readonly version: { readonly deno: string } };
  readonly process?: { readonly versions?: { readonly node?: string } };
  readonly navigator?: {
    readonly userAgent: string;
    readonly userAgentData?: {
      getHighEntropyValues(hints: readonly string[]): Promise<{
        readonly fullVersionList: readonly { readonly brand: string; readonly version: string }[];
      }>;
    };
  };
}

/** Returns the name and version of the runtime that calls this function. */
export async function describeRuntime(): Promise<RuntimeDescription> {
  const hasNodeGlobals = "Buffer" in globalThis || "process" in globalThis;
  return { ...(await nameAndVersion()), hasNodeGlobals };
}

async function nameAndVersion(): Promise<Omit<RuntimeDescription, "hasNodeGlobals">> {
  const { Bun, Deno, navigator, process } = globalThis as unknown as Globals;
  // Bun and Deno have Node's process too.
  if (Bun !== undefined) return { name: "Bun", version: Bun.version };
  if (Deno !== undefined) return { name: "Deno", version: Deno.version.deno };
  if (navigator?.userAgent === "Cloudflare-Workers") return { name: "workerd" };
  if (process?.versions?.node !== undefined) {
    return { name: "Node", version: process.versions.node };
  }
  const values = await navigator?.userAgentData?.getHighEntropyValues(["fullVersionList"]);
  const chromium = values?.fullVersionList.find(({ brand }) => /Chrom/.test(brand));
  if (chromium === undefined) throw new Error(`an unknown runtime: ${navigator?.userAgent}`);
  return { name: "Chromium", version: chromium.version };
}
