import { diagnose as explain } from "@oauth1/diagnosis";
import type { DiagnoseInput, DiagnoseOutput } from "@oauth1/properties";

/**
 * Returns the mistakes of its signer that explain a received request, except the freshness of
 * timestamp and nonce. The caller has the secrets, so the answer contains the key.
 */
export function diagnose(request: DiagnoseInput): DiagnoseOutput {
  const { method, url, headers, body, clientSharedSecret, tokenSharedSecret, publicKey } = request;
  const { valid, causes } = explain(
    { method, url, headers, body: body === null ? null : Buffer.from(body, "base64") },
    { clientSharedSecret, tokenSharedSecret, publicKey },
    { baseString: request.baseString, now: null, allowInsecureTransport: true },
  );
  if (valid) return { valid };
  return {
    valid,
    causes: causes.map(({ mistakes, section, baseString, key }) => ({
      mistakes,
      section,
      baseString,
      ...(key === undefined ? {} : { key }),
    })),
  };
}
