import { diagnose as explain } from "@oauth1/diagnosis";
import type { DiagnoseInput, DiagnoseOutput } from "@oauth1/properties";

/**
 * Says which mistakes of its signer explain a received request, the freshness of timestamp and nonce
 * apart. Whoever asks has the secrets, so that the answer shows the key.
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
