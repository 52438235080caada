/** Reads a small form. Returns `undefined` for other bodies, and for larger ones. */
export async function readForm(request: Request): Promise<URLSearchParams | undefined> {
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type)) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) return new URLSearchParams(text + decoder.decode());
    text += decoder.decode(value, { stream: true });
    if (text.length > MAXIMUM_FORM) {
      await reader?.cancel();
      return undefined;
    }
  }
}

const MAXIMUM_FORM = 16_384;
