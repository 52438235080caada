// A signer that describes itself well, encodes "good" well, and does what the text says otherwise.
import { createInterface } from "node:readline";

if (process.argv[2] === "slow-start") await new Promise((resolve) => setTimeout(resolve, 2000));

const write = (line) => process.stdout.write(line);

for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, text, method } = JSON.parse(line);
  const answer = (fields) => write(`${JSON.stringify({ id, ...fields })}\n`);
  if (command === "stop") {
    if (process.argv[2] !== "never-stop") process.exit(0);
    setInterval(() => {}, 1000);
    continue;
  }
  if (command === "describe") {
    const commands = ["percent-encode", "diagnose"];
    answer({ name: "misbehave", version: "1", language: "JavaScript", commands });
    continue;
  }
  if (command === "diagnose") {
    // The answer to give.
    answer(JSON.parse(method));
    continue;
  }
  switch (text) {
    case "good":
      answer({ result: "good" });
      break;
    case "process":
      answer({ result: String(process.pid) });
      break;
    case "exit":
      process.exit(1);
      break;
    case "crash":
      process.stderr.write("out of ink\n");
      process.exit(3);
      break;
    case "fault":
      process.kill(process.pid, "SIGSEGV");
      break;
    case "chatty":
      for (let count = 0; count < 20; count++) process.stderr.write("chatter\n".repeat(130_000));
      answer({ result: "good" });
      break;
    case "chatty crash":
      process.stderr.write(`first words\n${"chatter\n".repeat(130_000)}last words\n`, () =>
        process.exit(4),
      );
      break;
    case "deaf":
      answer({ result: "good" });
      process.stdin.destroy();
      setInterval(() => {}, 1000);
      break;
    case "hang":
      break;
    case "noise":
      write("Listening on port 8080\n");
      break;
    case "no object":
      write("[1]\n");
      break;
    case "wrong id":
      write(`${JSON.stringify({ id: id + 1, result: "good" })}\n`);
      break;
    case "twice":
      answer({ result: "good" });
      answer({ result: "good" });
      break;
    case "half line":
      write(`{"id":${id},"res`);
      break;
    case "half line and end":
      write(`{"id":${id},"res`);
      process.exitCode = 0;
      process.stdin.destroy();
      break;
    case "long line":
      write(`{"id":${id},"result":"${"a".repeat(1024 * 1024)}"}\n`);
      break;
    case "endless line":
      for (let count = 0; count < 3; count++) write("a".repeat(1024 * 1024));
      break;
    case "no UTF-8":
      process.stdout.write(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d, 0x0a]));
      break;
    case "number":
      answer({ result: 5 });
      break;
    case "nothing":
      answer({});
      break;
    case "reject":
      answer({ error: "not this" });
      break;
    default:
      answer({ unsupported: "only some texts" });
  }
}
