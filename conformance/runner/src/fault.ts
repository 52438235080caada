/** Whose fault a deviation is. */
export type Fault = "library" | "ambiguity" | "platform";
