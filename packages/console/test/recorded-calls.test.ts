// The calls that the command records, across a restart.
import { rmSync } from "node:fs";
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

it("the console writes the calls when it is stopped, and lists none with --no-recent-calls", async () => {
  const start = (...flags: string[]) =>
    startProcess(["--port", "0", "--data", dataFolder, ...flags], { LOG_LEVEL: "error" });
  running = await start();
  const session = await signInByLink(running);
  const { credentials, key } = await createKey(running.origin, session, "Recorded");
  const send = async () => {
    const url = `${running?.origin}/api/account/${session.accountId}/echo/${key.category}/${key.permissions[0]}`;
    const { headers } = createSigner(credentials).sign({ method: "GET", url });
    return (await fetch(url, { headers })).status;
  };
  const read = async (what: "usage" | "calls") => {
    const { origin } = running as Process;
    const headers = session.headers(origin);
    return (await fetch(`${origin}/api/console/keys/${key.id}/${what}`, { headers })).json();
  };
  expect(await send()).toBe(200);
  await stop();

  running = await start();
  expect(await read("calls")).toMatchObject({ areRecorded: true, calls: [{ status: 200 }] });
  await stop();

  running = await start("--no-recent-calls");
  expect(await send()).toBe(200);
  const { hours } = (await read("usage")) as { hours: { verified: number }[] };
  expect(hours.reduce((sum, { verified }) => sum + verified, 0)).toBe(2);
  expect(await read("calls")).toEqual({ areRecorded: false, calls: [] });

  async function stop() {
    const { child } = running as Process;
    const exited = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGTERM");
    expect(await exited).toBe(0);
  }
});
