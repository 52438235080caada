// Measures how long @oauth1/diagnosis takes to explain a signature, in time of one core. The
// requests have one mistake or two, made by the injector of its tests (Python with oauthlib),
// or signatures that no mistake explains.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { diagnose } from "@oauth1/diagnosis";

const COUNT = 1000;
const injector = fileURLToPath(new URL("../../diagnosis/test/inject.py", import.meta.url));

/** Random requests with this number of mistakes in their signatures. */
function inject(seed, mistakes) {
  const { status, stdout, stderr } = spawnSync(
    "/usr/bin/python3",
    [injector, "make", `${seed}`, `${COUNT}`, `${mistakes}`],
    { encoding: "utf8", maxBuffer: 2 ** 30 },
  );
  if (status !== 0) throw new Error(`inject.py failed: ${stderr}`);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** Milliseconds of a core. */
function measure({ request, clientSharedSecret, tokenSharedSecret, publicKey, ...options }) {
  const secrets = { clientSharedSecret, tokenSharedSecret, publicKey };
  const { hosts, pathPrefixes } = options;
  const start = process.cpuUsage();
  const { causes } = diagnose(request, secrets, { now: 1191242096, hosts, pathPrefixes });
  const { user, system } = process.cpuUsage(start);
  return { time: (user + system) / 1000, isExplained: causes.length > 0 };
}

const oneMistake = inject(1, 1);
const cases = [
  { name: "one mistake", requests: oneMistake, goal: 5 },
  { name: "two mistakes", requests: inject(2, 2), goal: 50 },
  {
    name: "no known mistake",
    // A secret with which no request was signed.
    requests: inject(3, 0).map((one) => ({ ...one, clientSharedSecret: "another secret" })),
    goal: 100,
  },
];
for (const one of oneMistake.slice(0, 300)) measure(one); // By then, the code is compiled.

console.log("milliseconds of one core  median    p95    max  explained  goal (median)");
for (const { name, requests, goal } of cases) {
  const measured = requests.map(measure);
  const times = measured.map(({ time }) => time).sort((a, b) => a - b);
  const explained = measured.filter(({ isExplained }) => isExplained).length;
  const columns = [0.5, 0.95, 1].map((part) =>
    (times[Math.ceil(part * times.length) - 1] ?? Number.NaN).toFixed(1),
  );
  console.log(
    name.padEnd(24),
    columns.map((column) => column.padStart(6)).join(" "),
    `${((100 * explained) / COUNT).toFixed(1)} %`.padStart(10),
    `${goal}`.padStart(14),
  );
}
