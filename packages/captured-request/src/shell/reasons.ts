/** Why words of a shell cannot be read, and what to do. */
export const UNCLOSED = "the quoted text that begins here does not end: add the missing quote";
export const VARIABLE = "the shell replaces this: write the value in its place, or quote it";
export const OPERATOR = "the shell ends the command here: quote the argument";
