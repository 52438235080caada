/** A channel without subscribers, for a platform without `node:diagnostics_channel`. */
export function channel(_name: string): {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
} {
  return { hasSubscribers: false, publish: () => {} };
}

/** Warns the operator of the server. */
export function warn(message: string): void {
  console.warn(message);
}
