// Chromium's own log of its network. It includes events that scripts and the debugger do not
// see, such as the lookup of a host.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChromiumWithProfile } from "@oauth1/test-servers";
import type { BrowserContext, BrowserContextOptions } from "playwright-core";

/** What left the browser, except the browser's own traffic. */
export interface NetworkLog {
  /** The addresses that were requested, with those of WebSockets. */
  readonly requested: readonly string[];
  /** The hosts whose addresses were looked up: for a request, or for a connection without one. */
  readonly lookedUp: readonly string[];
  /** All bytes that were sent, one character each. */
  readonly sent: string;
}

/** Chromium's own services, which it calls independently of any page. */
const OWN_SERVICE = /(^|\.)(google|googleapis|gvt1)\.com$/;

/** Uses a browser with a new profile, and returns its network log. */
export async function recordNetwork(
  options: BrowserContextOptions,
  use: (context: BrowserContext) => Promise<void>,
): Promise<NetworkLog> {
  const folder = mkdtempSync(join(tmpdir(), "oauth1-network-"));
  const path = join(folder, "log.json");
  try {
    const context = await startChromiumWithProfile(join(folder, "profile"), options, [
      // The browser asks its vendor for the kind of a form, without the values.
      "--disable-features=AutofillServerCommunication",
      `--log-net-log=${path}`,
      "--net-log-capture-mode=Everything",
    ]);
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
    readonly params?: {
      readonly url?: string;
      readonly hostname?: string;
      readonly bytes?: string;
    };
  }[];
}

function read(text: string): NetworkLog {
  const { constants, events }: Log = JSON.parse(text);
  const paramsOf = (name: string) => {
    const number = constants.logEventTypes[name];
    if (number === undefined) throw new Error(`the network log of this Chromium has no ${name}`);
    return events.flatMap(({ type, params }) => (type === number && params ? [params] : []));
  };
  const requested = paramsOf("URL_REQUEST_START_JOB").flatMap(({ url = "" }) =>
    /^(https?|wss?):/.test(url) ? [url] : [],
  );
  const lookedUp = paramsOf("DNS_TRANSACTION").flatMap(({ hostname }) => hostname ?? []);
  const sent = [...paramsOf("SOCKET_BYTES_SENT"), ...paramsOf("UDP_BYTES_SENT")];
  return {
    requested: requested.filter((url) => !OWN_SERVICE.test(new URL(url).hostname)),
    lookedUp: [...new Set(lookedUp)].filter((host) => !OWN_SERVICE.test(host)),
    sent: sent.map(({ bytes = "" }) => Buffer.from(bytes, "base64").toString("latin1")).join("\n"),
  };
}
