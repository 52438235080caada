/** The growth of one call: its times for an input and for one that is ten times as long. */
export interface Growth {
  /** Microseconds for the short input. */
  readonly short: number;
  /** Microseconds for the long input. */
  readonly long: number;
  /** `long / short`: 10 if the work is linear, 100 if it grows with the square. */
  readonly ratio: number;
}

/** The shortest time that is compared, in microseconds. Less is mostly the call itself. */
const LEAST = 20;

/**
 * Measures the CPU time of a call for two inputs, in turn, and keeps the fastest of each: other
 * programs and the garbage collector only add to a time. An error of the parser is an answer.
 */
export async function measureGrowth(
  run: (text: string) => unknown,
  short: string,
  long: string,
  rounds: number,
): Promise<Growth> {
  const fastest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
  for (let round = 0; round < rounds; round++) {
    for (let call = 0; call < 4; call++)
      fastest[0] = Math.min(fastest[0], await cpuTime(run, short));
    fastest[1] = Math.min(fastest[1], await cpuTime(run, long));
  }
  return {
    short: fastest[0],
    long: fastest[1],
    ratio: fastest[1] / Math.max(fastest[0], LEAST),
  };
}

async function cpuTime(run: (text: string) => unknown, text: string): Promise<number> {
  const before = process.cpuUsage();
  try {
    await run(text);
  } catch {
    // What it says is what the fuzz targets check.
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
