// Measures in many short rounds, in turn, so that other programs on the machine slow down all
// of them equally. It uses only features of every runtime.

/**
 * The work to measure: a function, one that returns a promise, or one that measures itself.
 *
 * @typedef {(() => unknown) | { promise: () => Promise<unknown> } | { nanoseconds: (calls: number) => Promise<number> }} Work
 */

/**
 * Returns nanoseconds per call: those of the round at the end of the fastest quarter.
 *
 * @template {string} Name
 * @param {Readonly<Record<Name, Work>>} works
 * @param {{ rounds?: number, milliseconds?: number }} [options] milliseconds of each work in a round
 * @returns {Promise<Record<Name, number>>}
 */
export async function inRounds(works, { rounds = 40, milliseconds = 4 } = {}) {
  const measured = [];
  for (const [name, work] of /** @type {[Name, Work][]} */ (Object.entries(works))) {
    measured.push({
      name,
      work,
      calls: await callsWithin(work, milliseconds),
      times: /** @type {number[]} */ ([]),
    });
  }
  for (let round = 0; round < rounds; round++) {
    for (const one of measured) one.times.push(await nanoseconds(one.work, one.calls));
  }
  const results = /** @type {Record<Name, number>} */ ({});
  for (const { name, times } of measured) results[name] = quarter(times);
  return results;
}

/** @param {readonly number[]} times */
export function quarter(times) {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 4)] ?? Number.NaN;
}

/** Keeps the results, so that the compiler does not remove the work. */
export const kept = { last: /** @type {unknown} */ (undefined) };

/**
 * @param {Work} work
 * @param {number} calls
 */
async function nanoseconds(work, calls) {
  if (typeof work === "function") return synchronously(work, calls);
  if ("nanoseconds" in work) return await work.nanoseconds(calls);
  const { promise } = work;
  const start = performance.now();
  for (let call = 0; call < calls; call++) kept.last = await promise();
  return ((performance.now() - start) * 1e6) / calls;
}

/**
 * A separate function, because an asynchronous function is compiled later.
 *
 * @param {() => unknown} work
 * @param {number} calls
 */
function synchronously(work, calls) {
  const start = performance.now();
  for (let call = 0; call < calls; call++) kept.last = work();
  return ((performance.now() - start) * 1e6) / calls;
}

/**
 * The number of calls that take this long, after the work is compiled.
 *
 * @param {Work} work
 * @param {number} milliseconds
 */
async function callsWithin(work, milliseconds) {
  let calls = 1;
  let time = 0;
  while (time < 100e6) {
    calls *= 2;
    time = calls * (await nanoseconds(work, calls));
  }
  return Math.max(1, Math.round((calls * milliseconds * 1e6) / time));
}
