// Loaded into each process of the soak test before its own program: answers the parent's "sample" with what
// the process holds. Needs --expose-gc.
/** @type {string[]} */
const warnings = [];
process.on("warning", ({ name, message }) => warnings.push(`${name}: ${message}`));
process.on("message", (message) => {
  if (message !== "sample") return;
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({
    heap: heapUsed,
    rss,
    resources: process.getActiveResourcesInfo().length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    warnings,
  });
});
process.on("disconnect", () => process.exit()); // the test has ended
// The program decides when it ends.
process.channel?.unref();
