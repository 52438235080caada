// Opens an installation, prints its keys, then creates keys and prints each acknowledged one, until
// it is killed. Prints one JSON object per line. It waits for a line of input before it starts, so
// that the next writer is ready when this one is killed.
import { once } from "node:events";
import { writeSync } from "node:fs";
import { createAccount } from "../dist/admin.js";
import { createKey, editKey, openInstallation, rotateSecrets, SYSTEM } from "../dist/index.js";
import { heldKeys } from "./held-keys.mjs";

const [dataFolder] = process.argv.slice(2);
await once(process.stdin, "data");
const installation = await openInstallation({ dataFolder });
say({ held: await heldKeys(installation) });

const privileges = { category: "administration", permissions: ["skills", "users"] };
for (;;) {
  const accountId = `${Date.now()}`;
  await createAccount(installation, { id: accountId, name: "Crash" });
  for (let count = 0; count < 90; count++) {
    const { key, credentials } = await createKey(installation, accountId, SYSTEM, {
      applicationName: `Key ${count}`,
      developerName: "Jane Doe",
      ...privileges,
    });
    say({ made: { id: key.id, secret: credentials.client.sharedSecret } });
    if (count % 3 === 0) {
      say({ rotating: key.id });
      const rotated = await rotateSecrets(installation, accountId, SYSTEM, key.id);
      say({ made: { id: key.id, secret: rotated.credentials.client.sharedSecret } });
      await editKey(installation, accountId, SYSTEM, key.id, { permissions: ["users"] });
    }
  }
}

/** Writes synchronously, so that the output before the kill is not lost. */
function say(line) {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
