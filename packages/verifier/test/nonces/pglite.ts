import { rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { copyTemplate, makeTemplate } from "@oauth1/test-servers";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** From the global set-up in .ci/template-folder.ts. */
    template: string;
  }
}

const open = (dataFolder: string) => PGlite.create(join(dataFolder, "pglite"));

/** Opens an empty database in a temporary folder. */
export async function openPglite(): Promise<{
  readonly client: PGlite;
  close(): Promise<void>;
}> {
  const template = inject("template");
  await makeTemplate(template, open);
  const dataFolder = copyTemplate(template);
  const client = await open(dataFolder);
  return {
    client,
    async close() {
      await client.close();
      rmSync(dataFolder, { recursive: true });
    },
  };
}
