/** What an implementation threw, as the result shows it: its message, or whatever was thrown. */
export function refusalOf(error: unknown): { readonly refused: string } {
  try {
    return { refused: String(error instanceof Error ? error.message : error) };
  } catch {
    // An object without a way to become text.
    return { refused: "… [cannot be read]" };
  }
}

/** Whether an answer of a result is a rejection: one that came, or one that is expected. */
export function isRefusal(answer: unknown): answer is { readonly refused: unknown } {
  return typeof answer === "object" && answer !== null && "refused" in answer;
}
