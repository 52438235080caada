// Runs the matrix and writes docs/installation.md, which nothing else writes.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startRedis } from "@oauth1/test-servers";
import { matrix } from "./matrix.mjs";
import { page } from "./page.mjs";
import { createProject } from "./project.mjs";

const redis = await startRedis();
const project = await createProject();
try {
  const results = await matrix({ folder: project.folder, redisUrl: redis.url });
  const today = new Date().toISOString().slice(0, 10);
  const file = fileURLToPath(new URL("../../../docs/installation.md", import.meta.url));
  writeFileSync(file, page(results, today));
} finally {
  project.remove();
  await redis.stop();
}
