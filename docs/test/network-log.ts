// Chromium's own log of its network: also of what scripts and the debugger do not see, such as a host that
// is only looked up.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { CHROMIUM } from "../../packages/console/test/browser.js";

/** What left the browser, apart from what the browser does by itself. */
export interface NetworkLog {
  /** The addresses that were requested, with those of WebSockets. */
  readonly requested: readonly string[];
  /** The hosts whose addresses were looked up: for a request, or for a connection without one. */
  readonly lookedUp: readonly string[];
  /** The whole log with the headers and the bodies, base64. */
  readonly text: string;
}

/** Chromium's own services, which it calls with every page and without one. */
const OWN_SERVICE = /(^|\.)(google|googleapis|gvt1)\.com$/;

/** Uses a browser with a new profile, and returns its network log. */
export async function recordNetwork(
  options: BrowserContextOptions,
  use: (context: BrowserContext) => Promise<void>,
): Promise<NetworkLog> {
  const folder = mkdtempSync(join(tmpdir(), "oauth1-network-"));
  const path = join(folder, "log.json");
  try {
    // Only a context with a profile connects ahead of a request.
    const context = await chromium.launchPersistentContext(join(folder, "profile"), {
      ...options,
      executablePath: CHROMIUM,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // The browser asks its maker what kind of form it sees, without the values.
        "--disable-features=AutofillServerCommunication",
        `--log-net-log=${path}`,
        "--net-log-capture-mode=Everything",
      ],
    });
    try {
      await use(context);
    } finally {
      await context.close();
    }
    return read(readFileSync(path, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Log {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly {
    readonly type: number;
    readonly params?: { readonly url?: string; readonly hostname?: string };
  }[];
}

function read(text: string): NetworkLog {
  const { constants, events }: Log = JSON.parse(text);
  const { URL_REQUEST_START_JOB: requests, DNS_TRANSACTION: lookups } = constants.logEventTypes;
  if (requests === undefined || lookups === undefined) {
    throw new Error("the network log of this Chromium has other events");
  }
  const requested = events.flatMap(({ type, params }) =>
    type === requests && params?.url !== undefined && !/^(data|blob|chrome)/.test(params.url)
      ? [params.url]
      : [],
  );
  const lookedUp = events.flatMap(({ type, params }) =>
    type === lookups && params?.hostname !== undefined ? [params.hostname] : [],
  );
  return {
    requested: requested.filter((url) => !OWN_SERVICE.test(new URL(url).hostname)),
    lookedUp: [...new Set(lookedUp)].filter((host) => !OWN_SERVICE.test(host)),
    text,
  };
}
