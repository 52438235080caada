// Runs the commands of the guide docs/run-the-console.md in a clean folder, with the packages as
// they are published. The configurations of proxies are tested by the console's own tests.
import { execFile, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { firstStart } from "../packages/api-keys/dist/admin.js";
import {
  createKey,
  type KeyCredentials,
  openInstallation,
  SYSTEM,
} from "../packages/api-keys/dist/index.js";
import { createSigner } from "../packages/signer/dist/index.js";
import { freePort, isMissing, startPostgres } from "../packages/test-servers/dist/index.js";
import { packWithDependencies } from "./published.mjs";

const run = promisify(execFile);
const guide = readFileSync(
  fileURLToPath(new URL("../docs/run-the-console.md", import.meta.url)),
  "utf8",
);
const ORIGIN = "https://keys.example.com";
const folder = mkdtempSync(join(tmpdir(), "oauth1-guide-"));
const shims = join(folder, "bin");
const dataFolder = join(folder, "data");
const environmentFile = join(folder, "environment");
let archives: readonly string[] = [];
let ports: { readonly console: number; readonly metrics: number };

beforeAll(async () => {
  ports = { console: await freePort(), metrics: await freePort() };
  for (const name of ["bin", "data", "backups", "archives"]) mkdirSync(join(folder, name));
  chmodSync(dataFolder, 0o700);
  archives = await packWithDependencies(["console"], join(folder, "archives"));
  shim("systemctl", SYSTEMCTL);
  shim("install", 'exec /usr/bin/install "$1" -m 700 "$8"');
});
afterEach(stopService);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the guide Run the console", () => {
  it.skipIf(!hasSystemdAnalyze())("has a unit that systemd accepts", async () => {
    const file = join(folder, "oauth1-console.service");
    const program = here("/opt/oauth1/node_modules/@oauth1/console/bin/oauth1-console.js");
    const unit = block("ini")
      .replace("/usr/bin/node", process.execPath)
      .replace(/(?<=ExecStart=\S+ )\S+/, program);
    writeFileSync(file, unit);
    const { stdout, stderr } = await run("systemd-analyze", ["verify", file]);
    expect(stdout + stderr).toBe("");
  });

  it("installs, backs up, restores and upgrades an installation whose keys still verify", {
    timeout: 600_000,
  }, async () => {
    await runBlock("install");
    writeFileSync(environmentFile, environmentOf(block("ini")).join("\n"));
    const kept = await newKey("Kept");
    systemctl("start");
    expect(await call(kept)).toBe(200);
    await runBlock("monitoring");

    await runBlock("backup");
    expect(await call(kept)).toBe(200);
    systemctl("stop");
    const later = await newKey("Made after the backup");
    systemctl("start");
    expect(await call(later)).toBe(200);

    await runBlock("restore");
    expect(await call(kept)).toBe(200);
    expect(await call(later)).toBe(401);

    // A new server has only the archive.
    systemctl("stop");
    rmSync(dataFolder, { recursive: true });
    mkdirSync(dataFolder, { mode: 0o700 });
    await runBlock("restore");
    expect(await call(kept)).toBe(200);

    await runBlock("upgrade");
    expect(await call(kept)).toBe(200);
    systemctl("stop");
  });

  it.skipIf(isMissing("postgres"))(
    "backs up and restores a PostgreSQL server",
    {
      timeout: 600_000,
    },
    async () => {
      const postgres = await startPostgres();
      try {
        const { hostname, port } = new URL(postgres.url);
        const client = { PGHOST: hostname, PGPORT: port, PGUSER: "postgres" };
        await runBlock("postgres", client);
        const url = (database: string) => `postgres://oauth1@${hostname}:${port}/${database}`;
        const kept = await newKey("Kept", url("oauth1"));
        await runBlock("backup-postgres", { DATABASE_URL: url("oauth1") });
        const later = await newKey("Made after the backup", url("oauth1"));

        rmSync(join(dataFolder, "encryption-keys"));
        await run("createdb", ["--owner", "oauth1", "restored"], {
          env: { ...process.env, ...client },
        });
        await runBlock("restore-postgres", { DATABASE_URL: url("restored") });
        const environment = environmentOf(block("ini"));
        writeFileSync(
          environmentFile,
          [...environment, `DATABASE_URL=${url("restored")}`].join("\n"),
        );
        systemctl("start");
        expect(await call(kept)).toBe(200);
        expect(await call(later)).toBe(401);
        systemctl("stop");
      } finally {
        stopService();
        await postgres.stop();
      }
    },
  );

  it("has a container file whose steps work", { timeout: 600_000 }, async () => {
    const steps = [...block("dockerfile").matchAll(/^([A-Z]+) (.*)$/gm)].map(
      ([, name = "", rest = ""]) => ({ name, rest }),
    );
    const only = (name: string) => steps.filter((step) => step.name === name);
    const work = here(only("WORKDIR")[0]?.rest ?? "").replace("opt", "container");
    const data = join(folder, "container-data");
    const inside = (text: string) =>
      withArchives(text)
        .replaceAll("/var/lib/oauth1-console", data)
        .replaceAll("5849", String(ports.console));
    mkdirSync(work, { recursive: true });
    for (const { rest } of only("RUN")) {
      if (block("sh\\n# install").includes(`\n${rest}\n`)) {
        // The installation of the first test, by the same command.
        symlinkSync(join(folder, "opt/node_modules"), join(work, "node_modules"));
      } else {
        await shell(inside(rest), {}, work);
      }
    }
    const env = {
      ...process.env,
      PORT: String(ports.console),
      OAUTH1_PUBLIC_ORIGIN: ORIGIN,
      LOG_LEVEL: "silent",
      ...Object.fromEntries(
        only("ENV")
          .flatMap(({ rest }) => inside(rest).split(" "))
          .map((each) => each.split("=")),
      ),
    };
    const command = (name: string, skip = "") =>
      JSON.parse(inside((only(name)[0]?.rest ?? "").replace(skip, ""))) as [string, ...string[]];
    const [program, ...words] = command("CMD");
    const [checker, ...question] = command("HEALTHCHECK", "CMD ");
    await expect(run(checker, question, { env })).rejects.toThrow();
    const child = spawn(program, words, { cwd: work, env, stdio: "ignore" });
    const exited = new Promise((resolve) => child.on("exit", resolve));
    try {
      await vi.waitFor(() => run(checker, question, { env }), { timeout: 120_000, interval: 500 });
      expect(existsSync(join(data, "encryption-keys"))).toBe(true);
    } finally {
      child.kill("SIGTERM");
    }
    expect(await exited).toBe(0);
  });

  it("has no other commands", () => {
    const names = [...guide.matchAll(/^```sh\n# (.*)$/gm)].map(([, name]) => name);
    expect(names.length).toBe(guide.split("```sh").length - 1);
    expect(new Set(names)).toEqual(ran);
  });
});

/** The blocks that were run. */
const ran = new Set<string>();

/** Returns the first block in a language. */
function block(language: string): string {
  const found = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(guide)?.[1];
  if (found === undefined) throw new Error(`the guide must contain a block in ${language}`);
  return found;
}

/** Runs the commands of a block whose first line is its name. */
async function runBlock(name: string, environment: Readonly<Record<string, string>> = {}) {
  ran.add(name);
  await shell(withArchives(here(block(`sh\\n# ${name}`))), environment, folder);
}

async function shell(script: string, environment: Readonly<Record<string, string>>, cwd: string) {
  const env = {
    ...process.env,
    PATH: [shims, process.env["PATH"]].join(delimiter),
    npm_config_prefer_offline: "true",
    ...environment,
  };
  await run("sh", ["-euc", script], { cwd, env });
}

/** Replaces the paths of the guide with those of the test. */
function here(text: string): string {
  return text
    .replaceAll("/opt/oauth1", join(folder, "opt"))
    .replaceAll("/var/lib/oauth1-console", dataFolder)
    .replaceAll("/var/backups", join(folder, "backups"))
    .replaceAll("5849", String(ports.console))
    .replaceAll("9464", String(ports.metrics));
}

/** The packages of this repository are not in the registry. */
function withArchives(text: string): string {
  return text.replace(
    /(?<=npm install .*)@oauth1\/console(@latest)?/,
    `--no-audit --no-fund ${archives.join(" ")}`,
  );
}

/** Returns the environment of the unit, as `NAME=value`. */
function environmentOf(unit: string): string[] {
  const set = [...unit.matchAll(/^Environment=(.*)$/gm)].map(([, each = ""]) => here(each));
  return [...set, `PORT=${ports.console}`, "LOG_LEVEL=error"];
}

/** A service manager for one service. */
const SYSTEMCTL = `
case "$1" in
  stop|restart)
    if [ -e ${folder}/pid ]; then
      kill "$(cat ${folder}/pid)"
      while kill -0 "$(cat ${folder}/pid)" 2>/dev/null; do sleep 0.1; done
      rm ${folder}/pid
    fi
esac
case "$1" in
  start|restart)
    rm -f ${folder}/log
    env $(cat ${environmentFile}) ${process.execPath} \\
      ${folder}/opt/node_modules/@oauth1/console/bin/oauth1-console.js >${folder}/log 2>&1 </dev/null &
    echo $! >${folder}/pid
    for try in $(seq 600); do
      grep -qs Ctrl+C ${folder}/log && exit 0
      kill -0 "$(cat ${folder}/pid)" || { cat ${folder}/log >&2; exit 1; }
      sleep 0.1
    done
    exit 1
esac
`;

function shim(name: string, script: string): void {
  writeFileSync(join(shims, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function systemctl(command: "start" | "stop"): void {
  execFileSync(join(shims, "systemctl"), [command], { stdio: ["ignore", "ignore", "pipe"] });
}

function stopService(): void {
  if (existsSync(join(folder, "pid"))) systemctl("stop");
}

interface Key {
  readonly accountId: string;
  readonly credentials: KeyCredentials;
}

/** Creates a key while the console is stopped. */
async function newKey(applicationName: string, databaseUrl?: string): Promise<Key> {
  const installation = await openInstallation({ dataFolder, databaseUrl });
  try {
    const { accountId } = await firstStart(installation);
    const { credentials } = await createKey(installation, accountId, SYSTEM, {
      applicationName,
      developerName: "Jane Doe",
      category: "data",
      permissions: ["data-access"],
    });
    return { accountId, credentials };
  } finally {
    await installation.close();
  }
}

/** Returns the status of a signed request, as it comes from the proxy. */
async function call({ accountId, credentials }: Key): Promise<number> {
  const path = `/api/account/${accountId}/echo/data/data-access`;
  const { headers } = createSigner(credentials).sign({ method: "GET", url: `${ORIGIN}${path}` });
  const answer = await fetch(`http://127.0.0.1:${ports.console}${path}`, { headers });
  await answer.text();
  return answer.status;
}

function hasSystemdAnalyze(): boolean {
  if (existsSync("/usr/bin/systemd-analyze") || process.env["CI"] === "true") return true;
  console.warn(
    "\n!!! SKIPPED: systemd-analyze is not installed (on Debian: apt-get install systemd)\n",
  );
  return false;
}
