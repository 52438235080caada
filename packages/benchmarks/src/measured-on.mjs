// When and where a benchmark ran, for the pages of figures.
import { arch, cpus, platform } from "node:os";

/** The machine, and the version of Node. */
export const machine = `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.versions.node}`;

/** The day and the machine, as a sentence. */
export const measuredOn = `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.`;
