/**
 * Returns a function that returns true this many times in a minute, in a burst or evenly: a
 * token bucket.
 */
export function prepareRate(perMinute: number): () => boolean {
  let left = perMinute;
  let last = performance.now();
  return () => {
    const now = performance.now();
    left = Math.min(perMinute, left + ((now - last) / 60_000) * perMinute);
    last = now;
    if (left < 1) return false;
    left--;
    return true;
  };
}
