// Writes docs/complexity.md: npx pnpm --filter @oauth1/fuzzing complexity
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { GREATEST_RATIO, growthOf, type ShapedGrowth } from "./grow.js";
import { shapes } from "./shapes.js";
import { subjects } from "./subjects.js";

const SIZE = 6_000;
const rows: string[] = [];
let inputs = 0;
for (const [name, subject] of Object.entries(subjects)) {
  const growths = await growthOf(subject, SIZE);
  inputs += growths.length;
  const worst = growths.reduce(greater);
  const slowest = growths.reduce((one, other) => (other.long > one.long ? other : one));
  rows.push(
    `| ${name.includes(" ") || name.includes("-") ? name : `\`${name}\``} | ${growths.length} | ${worst.ratio.toFixed(1)} | ${described(worst)} | ${(slowest.long / 1000).toFixed(1)} | ${described(slowest)} |`,
  );
  const tooMuch = growths.filter(({ ratio }) => ratio > GREATEST_RATIO);
  console.log(`${name}: ${worst.ratio.toFixed(1)} (${worst.shape})`);
  for (const { shape, frame, ratio, short, long } of tooMuch) {
    console.error(`  ${ratio.toFixed(1)}: ${shape} in ${frame} (${short} µs, ${long} µs)`);
    process.exitCode = 1;
  }
}

const [date = ""] = new Date().toISOString().split("T");
writeFileSync(
  new URL("../../../../docs/complexity.md", import.meta.url),
  `# Complexity

\`npx pnpm --filter @oauth1/fuzzing complexity\` writes this page.

This page shows that the work of every parser and collector grows linearly with the length of hostile input,
apart from the logarithm of sorting. The command tries ${Object.keys(shapes).length} shapes of hostile input for each, alone and inside a
well-formed frame: ${inputs} inputs, with ${SIZE.toLocaleString("en")} and ${(10 * SIZE).toLocaleString("en")} characters, in one process. The ratio compares the two
CPU times: it is 10 for linear work, and 100 for work that grows with the square. The command fails above
${GREATEST_RATIO}, which leaves room for caches, the garbage collector and a busy machine. A time below 20 µs counts as
20 µs.

${cpus()[0]?.model ?? "unknown processor"}, ${process.platform} ${process.arch}, Node ${process.versions.node}, ${date}.

| parser or collector | inputs | greatest ratio | of | longest time, ms | for |
| --- | ---: | ---: | --- | ---: | --- |
${rows.join("\n")}
`,
);

function greater(one: ShapedGrowth, other: ShapedGrowth): ShapedGrowth {
  return other.ratio > one.ratio ? other : one;
}

function described({ shape, frame }: ShapedGrowth): string {
  const inside = frame.replaceAll("\n", "⏎").replaceAll("|", "\\|").replace("§", "…");
  return frame === "§" ? shape : `${shape} in \`${inside}\``;
}
