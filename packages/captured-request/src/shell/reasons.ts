/** Messages for words of a shell that cannot be read. */
export const UNCLOSED = "the quoted text that begins here does not end: add the missing quote";
export const VARIABLE = "the shell replaces this: write the value instead, or quote it";
export const OPERATOR = "the shell ends the command here: quote the argument";
