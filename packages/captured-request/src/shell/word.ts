/** An argument of a command, with the place where it begins in the text. */
export interface Word {
  readonly text: string;
  /** `undefined` where the argument was given alone. */
  readonly index: number | undefined;
}

/** The arguments of the first command of a text, and where the rest of the text begins. */
export interface Command {
  readonly words: readonly Word[];
  readonly end: number;
}
