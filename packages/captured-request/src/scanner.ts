import type { CapturedRequestErrorCode } from "./captured-request-error.js";
import { Fault } from "./reading.js";

/** A position in a text that moves forward. */
export class Scanner {
  readonly text: string;
  index: number;
  readonly code: CapturedRequestErrorCode;

  /** @param code - The code of the error if the text cannot be read. */
  constructor(text: string, index: number, code: CapturedRequestErrorCode = "ERR_SHELL_SYNTAX") {
    this.text = text;
    this.index = index;
    this.code = code;
  }

  get isAtEnd(): boolean {
    return this.index >= this.text.length;
  }

  /** The next character, without moving; empty at the end. */
  get next(): string {
    return this.text.charAt(this.index);
  }

  /** Moves past the match of a sticky pattern. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.index;
    const found = pattern.exec(this.text) ?? undefined;
    this.index += found?.[0].length ?? 0;
    return found;
  }

  fault(reason: string, index: number = this.index): Fault {
    return new Fault(this.code, reason, index);
  }
}
