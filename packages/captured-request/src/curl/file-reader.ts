import type { Word } from "../shell/word.js";

/** Reads a file that an argument names. */
export type FileReader = (name: string, word: Word) => Uint8Array;
