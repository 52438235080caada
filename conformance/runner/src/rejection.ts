/** What an implementation threw, as the result shows it: its message, or whatever was thrown. */
export function rejectionOf(error: unknown): { readonly rejected: string } {
  try {
    return { rejected: String(error instanceof Error ? error.message : error) };
  } catch {
    // An object without a way to become text.
    return { rejected: "… [cannot be read]" };
  }
}

/** Whether an answer of a result is a rejection: one that came, or one that is expected. */
export function isRejection(answer: unknown): answer is { readonly rejected: unknown } {
  return typeof answer === "object" && answer !== null && "rejected" in answer;
}
