/** The message of what an implementation threw, or the thrown value, for the result. */
export function rejectionOf(error: unknown): { readonly rejected: string } {
  try {
    return { rejected: String(error instanceof Error ? error.message : error) };
  } catch {
    // The object cannot be converted to text.
    return { rejected: "… [cannot be read]" };
  }
}

/** Returns true if a received or expected answer of a result is a rejection. */
export function isRejection(answer: unknown): answer is { readonly rejected: unknown } {
  return typeof answer === "object" && answer !== null && "rejected" in answer;
}
