/** What an implementation threw, as the result shows it: its message, or whatever was thrown. */
export function refusalOf(error: unknown): { readonly refused: string } {
  try {
    return { refused: String(error instanceof Error ? error.message : error) };
  } catch {
    // An object without a way to become text.
    return { refused: "… [cannot be read]" };
  }
}
