/** The scheme with which a request was sent. */
export type Scheme = "http" | "https";

/** The input of the form. An empty text means that the field is empty. */
export interface InspectorInput {
  /** The copied request. */
  readonly text: string;
  /** The scheme of a request whose text does not contain it. `undefined` tries both. */
  readonly scheme: Scheme | undefined;
  readonly clientSharedSecret: string;
  readonly tokenSharedSecret: string;
  /** PEM. */
  readonly publicKey: string;
  /** True if an empty shared-secret was issued empty. */
  readonly hasEmptySecret: boolean;
  /** The base string that the client claims to have signed. */
  readonly baseString: string;
  /** Hosts that the client may have signed, separated by white space or commas. */
  readonly hosts: string;
  /** Path prefixes that the client may have signed, separated likewise. */
  readonly pathPrefixes: string;
}

/** An empty form. */
export const NO_INPUT: InspectorInput = {
  text: "",
  scheme: undefined,
  clientSharedSecret: "",
  tokenSharedSecret: "",
  publicKey: "",
  hasEmptySecret: false,
  baseString: "",
  hosts: "",
  pathPrefixes: "",
};

/**
 * Returns the form for a request in the fragment of the address: `#request=…`. The page of a key
 * links to it with the parts of a call that the server stores.
 */
export function inputOfAddress(fragment: string): InspectorInput {
  const text = new URLSearchParams(fragment.slice(1)).get("request");
  return text === null ? NO_INPUT : { ...NO_INPUT, text };
}

/** Returns true if the text is such a request and is not completed. */
export function isTemplate({ text }: InspectorInput): boolean {
  return text.includes('oauth_signature="…"');
}
