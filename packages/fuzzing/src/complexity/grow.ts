import { type Growth, measureGrowth } from "./measure.js";
import { shapes } from "./shapes.js";
import type { Subject } from "./subjects.js";

/** The growth for one shape in one frame. */
export interface ShapedGrowth extends Growth {
  readonly shape: string;
  readonly frame: string;
}

/** The greatest ratio that counts as linear: 10, with tolerance for caches and a busy machine. */
export const GREATEST_RATIO = 25;

/**
 * Measures a subject for every shape in every frame. What looks worse than linear is measured
 * again, three times at most: noise does not repeat.
 *
 * @param size - The length of the short input; the long one is ten times as long.
 */
export async function growthOf(subject: Subject, size: number): Promise<ShapedGrowth[]> {
  const all: ShapedGrowth[] = [];
  for (const frame of subject.frames) {
    for (const [shape, text] of Object.entries(shapes)) {
      const [short, long] = [size, 10 * size].map((length) =>
        frame.replace("§", () => text(length)),
      );
      if (short === undefined || long === undefined) continue;
      let growth = await measureGrowth(subject.run, short, long, 2);
      for (let times = 0; times < 3 && growth.ratio > GREATEST_RATIO; times++) {
        growth = await measureGrowth(subject.run, short, long, 6);
      }
      all.push({ ...growth, shape, frame });
    }
  }
  return all;
}
