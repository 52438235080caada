// npm run test:fuzz -- [parser…] [--minutes n] [--seed n] [--page]
import { parseArgs } from "node:util";
import { readCorpus, writeCorpus } from "./corpus.js";
import { Coverage } from "./coverage.js";
import { fuzz, reduced } from "./fuzz.js";
import { writeRun } from "./runs-page.js";
import { loadTarget, targetNames } from "./targets/index.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    page: { type: "boolean", default: false },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
const unknown = positionals.filter((name) => !targetNames.includes(name));
if (!(minutes > 0) || !Number.isInteger(seed) || unknown.length > 0) {
  console.error(
    `usage: test:fuzz [parser…] [--minutes n] [--seed n] [--page]; the parsers are ${targetNames.join(", ")}`,
  );
  process.exit(2);
}

const coverage = new Coverage();
await coverage.start();
const parsers = positionals.length > 0 ? positionals : targetNames;
const total = { inputs: 0, failures: 0 };
for (const name of parsers) {
  const target = await loadTarget(name);
  const known = readCorpus(name);
  const result = await fuzz(target, known, { milliseconds: minutes * 60_000, seed, coverage });
  // An input that breaks an invariant is kept, so that CI replays it.
  const corpus = await reduced(target, result.corpus, coverage);
  writeCorpus(name, [...new Set([...corpus, ...result.failures.values()])]);
  const { inputs, blocks, failures } = result;
  console.log(
    `${name}: ${inputs} inputs, ${blocks.executed} of ${blocks.all} blocks, ${corpus.length} kept, ${failures.size} failures (seed ${seed})`,
  );
  total.inputs += inputs;
  total.failures += failures.size;
  if (values.page && failures.size === 0) {
    writeRun({ name, minutes, inputs, blocks, kept: corpus.length });
  }
  for (const [statement, input] of failures) {
    console.log(`  ${statement}: ${JSON.stringify(input)}`);
    process.exitCode = 1;
  }
}
coverage.stop();
console.log(
  `fuzz: ${parsers.length} parsers, ${minutes} minutes each, ${total.inputs} inputs, ${total.failures} failures`,
);
