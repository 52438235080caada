/** A name that is safe as the name of a file, whatever an implementation calls itself. */
export function fileName(name: string): string {
  const safe = name.replace(/[^\w.~+-]/g, "_").slice(0, 100);
  return /^\.*$/.test(safe) ? `_${safe}` : safe;
}
