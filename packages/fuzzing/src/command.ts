// npm run test:fuzz -- [parser…] [--minutes n] [--seed n]
import { parseArgs } from "node:util";
import { readCorpus, writeCorpus } from "./corpus.js";
import { Coverage } from "./coverage.js";
import { fuzz, reduced } from "./fuzz.js";
import { loadTarget, targetNames } from "./targets/index.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
const unknown = positionals.filter((name) => !targetNames.includes(name));
if (!(minutes > 0) || !Number.isInteger(seed) || unknown.length > 0) {
  console.error(
    `usage: test:fuzz [parser…] [--minutes n] [--seed n]; the parsers are ${targetNames.join(", ")}`,
  );
  process.exit(2);
}

const coverage = new Coverage();
await coverage.start();
for (const name of positionals.length > 0 ? positionals : targetNames) {
  const target = await loadTarget(name);
  const known = readCorpus(name);
  const result = await fuzz(target, known, { milliseconds: minutes * 60_000, seed, coverage });
  // An input that breaks an invariant is kept, so that CI replays it.
  const corpus = await reduced(target, result.corpus, coverage);
  writeCorpus(name, [...new Set([...corpus, ...result.failures.values()])]);
  console.log(
    `${name}: ${result.inputs} inputs, ${result.features} features, ${corpus.length} kept, ${result.failures.size} failures (seed ${seed})`,
  );
  for (const [statement, input] of result.failures) {
    console.log(`  ${statement}: ${JSON.stringify(input)}`);
    process.exitCode = 1;
  }
}
coverage.stop();
