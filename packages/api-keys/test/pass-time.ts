import { vi } from "vitest";

const now = performance.now.bind(performance);
let passed = 0;

/**
 * Lets the monotonic clock of this process go ahead, so that what a cache keeps for some seconds
 * ends without a wait. The system clock stays.
 */
export function passTime(milliseconds: number): void {
  passed += milliseconds;
  vi.spyOn(performance, "now").mockImplementation(() => now() + passed);
}
