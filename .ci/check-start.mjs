// `npm start`, as a person sees it first: it prints an address, a one-time link and a signed curl
// command; the command is answered with 200; Ctrl+C ends it.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PATIENCE = 300_000; // milliseconds, an installation included
const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-start-"));
const child = spawn("npm", ["start"], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, OAUTH1_DATA: dataFolder, PORT: "0" },
  stdio: ["ignore", "pipe", "inherit"],
  // A group of its own: Ctrl+C goes to all processes of it.
  detached: true,
});
const timer = setTimeout(() => fail(`nothing after ${PATIENCE / 1000} s`), PATIENCE);

function end(signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended.
  }
}
function fail(message) {
  end("SIGKILL");
  rmSync(dataFolder, { recursive: true, force: true });
  console.error(`npm start: ${message}`);
  process.exit(1);
}

let out = "";
child.stdout.setEncoding("utf8").on("data", async (text) => {
  process.stdout.write(text);
  const wasReady = out.includes("Ctrl+C");
  out += text;
  if (wasReady || !out.includes("Ctrl+C")) return;
  const [command] = /^curl .*$/m.exec(out) ?? [];
  const [link] = /http:\S+welcome#\S+/.exec(out) ?? [];
  if (command === undefined || link === undefined) fail("no curl command, or no one-time link");
  const page = await fetch(link);
  if (page.status !== 200) fail(`the page of the link answers ${page.status}`);
  const { stdout } = spawnSync("sh", ["-c", `${command} -sS -o /dev/null -w '%{http_code}'`]);
  if (String(stdout) !== "200") fail(`the signed request is answered with ${stdout}`);
  console.log("The signed request is answered with 200.");
  end("SIGINT");
});
child.on("exit", () => {
  if (!out.includes("Ctrl+C")) fail("it ended before it was ready");
  clearTimeout(timer);
  rmSync(dataFolder, { recursive: true, force: true });
});
