/**
 * Reads bodies that the caller did not ask for: the problem of a rejected request, the body of
 * a redirect. Reading is bounded in bytes and time, because a server can keep a body open
 * forever.
 */

/** The part of a body that is searched for a reported problem, in bytes. */
const PROBLEM_OCTETS = 4096;

/** Milliseconds to wait for the start of a body. */
const PROBLEM_MILLISECONDS = 1000;

/** Milliseconds to wait for the rest of a short body, so that its connection can be reused. */
const REST_MILLISECONDS = 200;

/**
 * Returns the start of a body that arrived in time, as text. The caller can still read the body.
 */
export async function textStart(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  await readSome(response.clone().body, PROBLEM_MILLISECONDS, (octets) => {
    text += decoder.decode(octets, { stream: true });
    return text.length < PROBLEM_OCTETS;
  });
  return text;
}

/** Discards a response. Reads the rest of a short body, so that its connection can be reused. */
export async function discard(response: Response): Promise<void> {
  let length = 0;
  await readSome(response.body, REST_MILLISECONDS, (octets) => {
    length += octets.length;
    return length < PROBLEM_OCTETS;
  });
}

/**
 * Reads a body until it ends, until `wants` returns false, or until the time is up, and then
 * cancels it.
 *
 * @param wants - Receives bytes and returns whether to continue.
 */
async function readSome(
  body: ReadableStream<Uint8Array> | null,
  milliseconds: number,
  wants: (octets: Uint8Array) => boolean,
): Promise<void> {
  if (body === null) return;
  const reader = body.getReader();
  // Ends the pending read(), and with it the loop. The other branch of a clone continues.
  const stop = () => void reader.cancel().catch(() => {});
  const timer = setTimeout(stop, milliseconds);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || !wants(value)) break;
    }
  } catch {
    // An aborted body has no problem report.
  } finally {
    clearTimeout(timer);
    stop();
  }
}
