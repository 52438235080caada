import type { Installation } from "../src/index.js";

export function heldKeys(
  installation: Pick<Installation, "database" | "keyRing">,
): Promise<{ id: string; secret: string; whole: boolean }[]>;
