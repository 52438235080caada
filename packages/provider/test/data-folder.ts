import { copyTemplate, makeTemplate } from "@oauth1/test-servers";
import { inject } from "vitest";
import { openSqlStore } from "../src/stores/sql.js";

declare module "vitest" {
  interface ProvidedContext {
    /** From the global set-up in .ci/template-folder.ts. */
    template: string;
  }
}

/** Returns a temporary data folder with the tables: tests that need no empty one start faster. */
export async function freshDataFolder(): Promise<string> {
  const template = inject("template");
  await makeTemplate(template, (dataFolder) => openSqlStore({ dataFolder }));
  return copyTemplate(template);
}
