/** The party that causes a deviation. */
export type Fault = "library" | "ambiguity" | "platform";
