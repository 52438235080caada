import type { ApiKey, Catalogue } from "@oauth1/api-keys";

/** The properties of every section of a key's page. */
export interface KeySectionProps {
  readonly apiKey: ApiKey;
  readonly catalogue: Catalogue;
  /** False if the user may only read. A section then shows no controls, or nothing. */
  readonly mayChange: boolean;
  /** The path of the key below `/api/console`. */
  readonly path: string;
  /** Takes the key that the server returned after a change. */
  readonly onKey: (key: ApiKey) => void;
}
