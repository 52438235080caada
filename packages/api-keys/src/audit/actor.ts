/** The author of a change: a user of the account, or the system (`id` is null). */
export interface Actor {
  readonly id: string | null;
  readonly name: string;
  /** The IP address from which the user makes the change, if it is known. */
  readonly address?: string | undefined;
}

/** The author of the changes by the command line and the system itself. */
export const SYSTEM: Actor = { id: null, name: "system" };

/**
 * The author of the objects that an installation creates at its first start, such as an example
 * key.
 */
export const FIRST_START: Actor = { id: null, name: "first start" };
