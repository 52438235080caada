import { openInstallation } from "@oauth1/api-keys";
import { copyTemplate, makeTemplate } from "@oauth1/test-servers";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** From the global set-up in .ci/template-folder.ts. */
    template: string;
  }
}

/** Returns a temporary data folder with the tables: tests that need no empty one start faster. */
export async function freshDataFolder(): Promise<string> {
  const template = inject("template");
  await makeTemplate(template, (dataFolder) => openInstallation({ dataFolder }));
  return copyTemplate(template);
}
