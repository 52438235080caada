// Compares the cost of a request whose nonce is stored in the embedded database with one whose
// nonce stays in memory: signed requests to an echo resource of @oauth1/api-keys, without a
// network.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApiKeysServer, createKey, openInstallation, SYSTEM } from "@oauth1/api-keys";
import { firstStart } from "@oauth1/api-keys/admin";
import { createSigner } from "@oauth1/signer";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";

const COUNT = 5000;
const ROUNDS = 3;

const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-benchmark-"));
const installation = await openInstallation({ dataFolder });
const { accountId } = await firstStart(installation);
const { credentials } = await createKey(installation, accountId, SYSTEM, {
  applicationName: "Benchmark",
  developerName: "Benchmark",
  category: "data",
  permissions: ["data-access"],
});
const origin = "http://127.0.0.1";
const url = `${origin}/api/account/${accountId}/echo/data/data-access`;
const signer = createSigner(credentials);

const servers = {
  "in memory": createApiKeysServer(installation, {
    publicOrigin: origin,
    nonces: memoryNonceStore(),
  }),
  "in the embedded database": createApiKeysServer(installation, { publicOrigin: origin }),
};

/** @type {Record<string, { milliseconds: number, processor: number }[]>} */
const results = {};
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, server] of Object.entries(servers)) {
    const requests = Array.from({ length: COUNT }, () => signer.sign({ method: "GET", url }));
    const start = performance.now();
    const before = process.cpuUsage();
    for (const request of requests) {
      const response = await server.request(request.url, { headers: request.headers });
      if (response.status !== 200) throw new Error(`${name}: ${response.status}`);
      await response.arrayBuffer();
    }
    const { user, system } = process.cpuUsage(before);
    const measured = {
      milliseconds: (performance.now() - start) / COUNT,
      processor: (user + system) / 1000 / COUNT,
    };
    // The first round warms up the compiler.
    if (round > 0) results[name] = [...(results[name] ?? []), measured];
  }
}
await installation.close();
rmSync(dataFolder, { recursive: true });

console.log(
  `${COUNT} requests one after another, ${ROUNDS} rounds, the fastest; Node ${process.version}\n`,
);
console.log("| nonces                   | milliseconds a request | of processor time |");
console.log("| ------------------------ | ---------------------- | ----------------- |");
for (const [name, rounds] of Object.entries(results)) {
  const milliseconds = Math.min(...rounds.map((each) => each.milliseconds)).toFixed(2);
  const processor = Math.min(...rounds.map((each) => each.processor)).toFixed(2);
  console.log(`| ${name.padEnd(24)} | ${milliseconds.padEnd(22)} | ${processor.padEnd(17)} |`);
}
