/** An argument of a command, with the position where it begins in the text. */
export interface Word {
  readonly text: string;
  /** `undefined` if the argument was given separately. */
  readonly index: number | undefined;
}

/** The arguments of the first command of a text, and the index of the rest of the text. */
export interface Command {
  readonly words: readonly Word[];
  readonly end: number;
}
