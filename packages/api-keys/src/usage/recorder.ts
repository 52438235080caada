import type { Installation } from "../installation.js";
import { IDENTIFIER } from "../verification/credential-store.js";
import { CallBuffer, type RecordedCall } from "./call-buffer.js";
import { findKeyIds, writeUsage } from "./write-usage.js";

/** Records the calls of keys, outside the path of requests. */
export interface Recorder {
  /** False if calls are only counted. */
  readonly recordsCalls: boolean;
  /**
   * Counts a call, and keeps it among the last ones.
   *
   * @param client - The client identifier that the request names. Identifiers of no key are dropped.
   * @param keyId - The key, if it is known.
   * @param call - The call, or a promise of it.
   */
  record(
    client: string,
    keyId: string | undefined,
    call: RecordedCall | Promise<RecordedCall>,
  ): void;
  /** Writes the collected calls, of one client or of all. Errors go to `onFault`. */
  flush(client?: string): Promise<void>;
}

/** The options of {@link prepareRecorder}. */
export interface RecorderOptions {
  readonly recordCalls: boolean;
  /** Called with the error if something cannot be written. It is tried again a minute later. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Creates a recorder that writes once a minute, and when the installation closes. Its memory is
 * bounded: it records only keys of the installation, and at most 1,000 identifiers of which it
 * does not know yet whether they belong to a key.
 */
export function prepareRecorder(
  installation: Installation,
  { recordCalls, onFault }: RecorderOptions,
): Recorder {
  // Identifiers do not change, and keys cannot be deleted.
  const keyIds = new Map<string, string>();
  const known = new CallBuffer(MAXIMUM_CALLS);
  const unresolved = new CallBuffer(MAXIMUM_UNRESOLVED);
  const pending = new Set<Promise<void>>();
  let last = Promise.resolve();

  function add(client: string, call: RecordedCall): void {
    if (keyIds.has(client)) known.add(client, call, recordCalls);
    else if (unresolved.has(client) || unresolved.size < MAXIMUM_UNRESOLVED) {
      unresolved.add(client, call, recordCalls);
      if (unresolved.size === MAXIMUM_UNRESOLVED) enqueue(resolve);
    }
  }

  /** Queries which identifiers belong to keys, and forgets the others. */
  async function resolve(): Promise<void> {
    const clients = unresolved.clients();
    const found = await findKeyIds(installation.database, clients);
    for (const client of clients) {
      const tally = unresolved.take(client);
      const keyId = found.get(client);
      if (tally === undefined || keyId === undefined) continue;
      keyIds.set(client, keyId);
      known.merge(client, tally);
    }
  }

  async function write(clients: readonly string[]): Promise<void> {
    const taken = clients.flatMap((client) => {
      const tally = known.take(client);
      const keyId = keyIds.get(client);
      return tally === undefined || keyId === undefined ? [] : [{ client, keyId, tally }];
    });
    for (let start = 0; start < taken.length; start += BATCH) {
      const batch = taken.slice(start, start + BATCH);
      try {
        await writeUsage(installation, new Map(batch.map(({ keyId, tally }) => [keyId, tally])));
      } catch (error) {
        for (const { client, tally } of taken.slice(start)) known.merge(client, tally);
        throw error;
      }
    }
  }

  /** Serializes the writes. */
  function enqueue(task: () => Promise<void>): Promise<void> {
    last = last.then(task).catch(onFault);
    return last;
  }

  async function flush(client?: string): Promise<void> {
    await Promise.all(pending);
    await enqueue(async () => {
      if (client === undefined ? unresolved.size > 0 : unresolved.has(client)) await resolve();
      await write(client === undefined ? known.clients() : [client]);
    });
  }

  const timer = setInterval(flush, INTERVAL);
  timer.unref();
  installation.beforeClose(async () => {
    clearInterval(timer);
    await flush();
  });

  return {
    recordsCalls: recordCalls,
    record(client, keyId, call) {
      if (!IDENTIFIER.test(client)) return;
      if (keyId !== undefined) keyIds.set(client, keyId);
      if (!(call instanceof Promise)) {
        add(client, call);
        return;
      }
      const added = call.then((found) => add(client, found)).catch(onFault);
      pending.add(added);
      added.finally(() => pending.delete(added));
    },
    flush,
  };
}

/** Milliseconds. */
const INTERVAL = 60_000;

/** Recent calls that wait until they are written: about 5 MB. */
const MAXIMUM_CALLS = 10_000;

const MAXIMUM_UNRESOLVED = 1000;

/** The number of keys of one transaction. Other statements of an embedded database wait for it. */
const BATCH = 20;
