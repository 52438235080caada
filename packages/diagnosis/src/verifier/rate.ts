/**
 * Returns a function that is true so often in a minute: at once, or one after the other. A token
 * bucket.
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
