import { Fault } from "../reading.js";

/** A place in the text of a command that moves forward. */
export class Scanner {
  readonly text: string;
  index: number;

  constructor(text: string, index: number) {
    this.text = text;
    this.index = index;
  }

  get isAtEnd(): boolean {
    return this.index >= this.text.length;
  }

  /** The next character, without moving; empty at the end. */
  get next(): string {
    return this.text.charAt(this.index);
  }

  /** Moves over what a sticky pattern matches here. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.index;
    const found = pattern.exec(this.text) ?? undefined;
    this.index += found?.[0].length ?? 0;
    return found;
  }

  fault(reason: string, index: number = this.index): Fault {
    return new Fault("ERR_SHELL_SYNTAX", reason, index);
  }
}

export const UNCLOSED = "the quoted text that begins here does not end: add the missing quote";
export const VARIABLE = "the shell replaces this: write the value in its place, or quote it";
export const OPERATOR = "the shell ends the command here: quote the argument";
