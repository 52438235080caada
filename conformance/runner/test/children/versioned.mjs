// A library whose version 1 writes a space as a plus. CONFORMANCE_LIBRARY selects the version.
import { createInterface } from "node:readline";

const version = { "spaces-1": "1.0", "spaces-3": "3.1" }[process.env.CONFORMANCE_LIBRARY] ?? "2.0";
for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, text, octets } = JSON.parse(line);
  const answer = (fields) => console.log(JSON.stringify({ id, ...fields }));
  if (command === "stop") break;
  if (command === "describe") {
    answer({ name: "spaces", version, language: "JavaScript", commands: ["percent-encode"] });
  } else if (octets !== undefined) {
    answer({ unsupported: "text only" });
  } else {
    const encoded = encodeURIComponent(text.toWellFormed?.() ?? text);
    answer({ result: version === "1.0" ? encoded.replaceAll("%20", "+") : encoded });
  }
}
