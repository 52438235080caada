// Sends text that could control a terminal or a page, wherever it can send text.
import { createInterface } from "node:readline";

const [mode] = process.argv.slice(2);
const ACTING = "\u001b]0;title\u0007\u001b[2J\u009b31m\u007f\r\u0000\u202e\u2066\u200f\ud800";
const TEXT = `${ACTING}</script><b>|\`*_[a](b)]]>&#0;\nNothing failed. Seed 1.\n`;

if (mode === "missing") {
  process.stderr.write(`Error: ${TEXT}`);
  process.exit(1);
}
if (mode === "noise") console.log(TEXT);

/** Some answers have a mebibyte, as long as a line may be. The others are only truncated. */
const bigText = (id, share) =>
  mode === "big" ? "\u0001".repeat((id % 5 === 0 ? 170_000 : 6_000) / share) : "";
for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, transmission } = JSON.parse(line);
  const answer = (fields) => console.log(JSON.stringify({ id, ...fields }));
  if (command === "stop") break;
  if (command === "describe") {
    answer({
      name: `x\ud800${TEXT}`,
      version: TEXT,
      language: TEXT,
      commands: ["percent-encode", "base-string", "signature", "sign", "verify"],
    });
  } else if (mode === "errors") {
    answer({ error: TEXT });
  } else if (mode === "unsupported") {
    answer({ unsupported: TEXT });
  } else if (mode === "crash") {
    process.stderr.write(TEXT);
    process.exit(1);
  } else if (command === "verify") {
    answer({ valid: true, problem: TEXT });
  } else if (command === "sign") {
    const part = { header: "authorization", query: "url", "form-body": "body" }[transmission];
    const text = TEXT + bigText(id, 2);
    answer({ [part]: text, baseString: text, signature: TEXT });
  } else {
    answer({ result: TEXT + bigText(id, 1) });
  }
}
