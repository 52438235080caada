/** Returns a name that is safe as a file name, for any name of an implementation. */
export function fileName(name: string): string {
  const safe = name.replace(/[^\w.~+-]/g, "_").slice(0, 100);
  return /^\.*$/.test(safe) ? `_${safe}` : safe;
}
