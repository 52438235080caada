// A process of the console is stopped or killed, and another one starts with the same data folder.
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { createSigner } from "@oauth1/signer";
import { afterEach, expect, it } from "vitest";
import { freshDataFolder } from "./data-folder.js";
import { createKey, type Process, signInByLink, startProcess } from "./processes.js";

const dataFolder = await freshDataFolder();
let running: Process | undefined;
afterEach(() => {
  running?.child.kill("SIGKILL");
  rmSync(dataFolder, { recursive: true, force: true });
});

it("the console accepts no request twice after a restart by SIGTERM or SIGKILL", async () => {
  const start = (port: number) =>
    startProcess(["--port", String(port), "--data", dataFolder], { LOG_LEVEL: "error" });
  running = await start(0);
  const { origin } = running;
  // The address must stay the same, because it is signed.
  const port = Number(new URL(origin).port);
  const session = await signInByLink(running);
  const { credentials, key } = await createKey(origin, session, "Restart");
  const url = `${origin}/api/account/${session.accountId}/echo/${key.category}/${key.permissions[0]}`;
  // The signer's clock is 200 s ahead, so that a request stays acceptable for eight minutes.
  const clock = () => Math.floor(Date.now() / 1000) + 200;
  const signer = createSigner({ ...credentials, clock });
  const send = async (request: ReturnType<typeof signer.sign>) =>
    (await fetch(request.url, { headers: request.headers })).status;

  for (const signal of ["SIGTERM", "SIGKILL", "SIGKILL"] as const) {
    const requests = Array.from({ length: 3 }, () => signer.sign({ method: "GET", url }));
    for (const request of requests) {
      expect(await send(request)).toBe(200);
      expect(await send(request)).toBe(401);
    }
    const { child } = running as Process;
    const exited = new Promise((resolve) => child.on("exit", resolve));
    child.kill(signal);
    await exited;
    running = await start(port);
    for (const request of requests) expect(await send(request), signal).toBe(401);
  }
});

it.skipIf(process.platform !== "linux")(
  "other users of the machine cannot read the data folder",
  async () => {
    running = await startProcess(["--port", "0", "--data", dataFolder], { LOG_LEVEL: "error" });
    const status = readFileSync(`/proc/${running.child.pid}/status`, "utf8");
    expect(status).toMatch(/^Umask:\t0077$/m);
    // The database sets the modes of its files itself, so the folders must be closed.
    const others = (path: string) => statSync(join(dataFolder, path)).mode & 0o077;
    expect(["", ...readdirSync(dataFolder)].filter((path) => others(path) !== 0)).toEqual([]);
  },
);
