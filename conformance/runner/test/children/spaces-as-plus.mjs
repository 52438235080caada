// Encodes like encodeURIComponent, but a space as a plus.
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, text, octets } = JSON.parse(line);
  const answer = (fields) => console.log(JSON.stringify({ id, ...fields }));
  if (command === "stop") break;
  if (command === "describe") {
    const commands = ["percent-encode"];
    answer({ name: "spaces", version: "1.5", language: "JavaScript", commands, colour: "blue" });
  } else if (octets !== undefined) {
    answer({ unsupported: "text only" });
  } else {
    try {
      answer({ result: encodeURIComponent(text).replaceAll("%20", "+") });
    } catch (error) {
      answer({ error: error.message });
    }
  }
}
