// A program that answers `describe` with the members of its argument, and nothing else.
import { createInterface } from "node:readline";

const members = JSON.parse(process.argv[2]);
const DESCRIPTION = { name: "described", version: "1", language: "JavaScript", commands: [] };

for await (const line of createInterface({ input: process.stdin })) {
  const { id, command } = JSON.parse(line);
  if (command === "stop") break;
  process.stdout.write(`${JSON.stringify({ id, ...DESCRIPTION, ...members })}\n`);
}
