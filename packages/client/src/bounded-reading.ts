/**
 * Reading what the caller did not ask for: a refusal's problem, the body of a redirect. It is bounded
 * in octets and in time, since a server may leave a body open for ever.
 */

/** As much of a body as is searched for a reported problem, in octets. */
const PROBLEM_OCTETS = 4096;

/** Milliseconds that a body's start is waited for. */
const PROBLEM_MILLISECONDS = 1000;

/** Milliseconds that the rest of a short body is waited for, so that its connection is used again. */
const REST_MILLISECONDS = 200;

/** The start of a body, as text, as far as it has arrived in time. The body is the caller's to read. */
export async function textStart(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  await readSome(response.clone().body, PROBLEM_MILLISECONDS, (octets) => {
    text += decoder.decode(octets, { stream: true });
    return text.length < PROBLEM_OCTETS;
  });
  return text;
}

/** Lets go of an answer: of a short one the rest is read, so that its connection can be used again. */
export async function discard(response: Response): Promise<void> {
  let length = 0;
  await readSome(response.body, REST_MILLISECONDS, (octets) => {
    length += octets.length;
    return length < PROBLEM_OCTETS;
  });
}

/**
 * Reads a body until it ends, until no more is wanted, or until the time is up, and then lets go of it.
 *
 * @param wants - Takes octets; whether more of them are wanted.
 */
async function readSome(
  body: ReadableStream<Uint8Array> | null,
  milliseconds: number,
  wants: (octets: Uint8Array) => boolean,
): Promise<void> {
  if (body === null) return;
  const reader = body.getReader();
  // Ends the pending read(), and with it the loop. Of a clone, the other branch goes on.
  const stop = () => void reader.cancel().catch(() => {});
  const timer = setTimeout(stop, milliseconds);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || !wants(value)) break;
    }
  } catch {
    // What the server broke off has nothing to tell.
  } finally {
    clearTimeout(timer);
    stop();
  }
}
