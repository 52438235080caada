/** Returns the text that the page shows for an error: the library's message. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
