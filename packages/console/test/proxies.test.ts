// The console on this machine only and behind a proxy: which headers it trusts and what it reveals.
import { rmSync } from "node:fs";
import { afterAll, afterEach, expect, it } from "vitest";
import { freshDataFolder } from "./data-folder.js";
import { type Process, startProcess } from "./processes.js";

const dataFolder = await freshDataFolder();
let running: Process | undefined;
afterEach(async () => {
  const { child } = running ?? {};
  if (child === undefined) return;
  const exited = new Promise((resolve) => child.on("exit", resolve));
  child.kill("SIGKILL");
  await exited;
});
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

const start = (...words: string[]) =>
  startProcess(["--port", "0", "--data", dataFolder, ...words], { LOG_LEVEL: "warn" });

/** Returns how many of 25 requests exceed the rate limit of 20 a minute. */
async function overLimit({ origin }: Process, address: (index: number) => string) {
  let count = 0;
  for (let index = 0; index < 25; index++) {
    const { status } = await fetch(`${origin}/api/console/one-time-link`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Forwarded-For": address(index) },
      body: JSON.stringify({ token: "x" }),
    });
    if (status === 429) count++;
  }
  return count;
}

const signedWrongly = ({ origin }: Process) =>
  fetch(`${origin}/api/account/1/echo/data/data-access`, {
    headers: { Authorization: 'OAuth oauth_consumer_key="x", oauth_signature_method="x"' },
  }).then((answer) => answer.text());

const login = ({ origin }: Process) =>
  fetch(`${origin}/api/account/1/login?v=1.3`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });

it("by default, the console trusts no proxy and warns once, reports problems in full and accepts secrets over http", async () => {
  running = await start();
  expect(await overLimit(running, (index) => `192.0.2.${index}`)).toBe(5);
  expect(running.told().match(/name the proxy with --trusted-proxies/g)).toHaveLength(1);
  expect(await signedWrongly(running)).toContain("oauth_problem_advice=");
  expect((await login(running)).status).toBe(400);
});

it("behind a trusted proxy, the console counts each client separately, and responds with only a problem code", async () => {
  running = await start("--trusted-proxies", "127.0.0.0/8, ::1");
  expect(await overLimit(running, (index) => `192.0.2.${index}`)).toBe(0);
  expect(await overLimit(running, () => "198.51.100.7")).toBe(5);
  expect(await overLimit(running, (index) => `2001:db8::${index + 1}`)).toBe(5);
  expect(running.told()).not.toContain("--trusted-proxies");
  const told = await signedWrongly(running);
  expect(told).toContain("oauth_problem=");
  expect(told).not.toContain("advice");
  expect(await (await login(running)).json()).toMatchObject({ code: "https_required" });
});

it("the console accepts secrets over http with --allow-insecure-transport", async () => {
  running = await start("--trusted-proxies", "127.0.0.1", "--allow-insecure-transport");
  expect((await login(running)).status).toBe(400);
});
