// The promise of conformance/README.md#versions-of-the-protocol.
import { fileURLToPath } from "node:url";
import {
  commandImplementation,
  type Implementation,
  oauth1Implementation,
  runConformance,
} from "@oauth1/conformance";
import { afterEach, describe, expect, it } from "vitest";

const child = (name: string) => fileURLToPath(new URL(`children/${name}`, import.meta.url));

const started: Implementation[] = [];
afterEach(async () => {
  for (const implementation of started.splice(0)) await implementation.close?.();
});

async function start(name: string, ...args: string[]): Promise<Implementation> {
  const implementation = await commandImplementation(process.execPath, [child(name), ...args]);
  started.push(implementation);
  return implementation;
}

describe("the runner", () => {
  it("judges a strict program of protocol version 1 as it judges the same code without a protocol", async () => {
    const strict = await start("protocol-1.mjs");
    const options = { seed: 5849, cases: 5 };
    const { implementations } = await runConformance([strict, oauth1Implementation()], options);
    const [overProtocol, direct] = implementations.map(({ results }) => results);
    expect(overProtocol?.filter(({ outcome }) => outcome === "passed").length).toBeGreaterThan(500);
    // It asks for no topic that version 1 has no command for.
    const asked = overProtocol?.filter(({ outcome }) => outcome !== "unsupported") ?? [];
    const expected = new Map(direct?.map(({ id, outcome }) => [id, outcome]));
    expect(asked.filter(({ id, outcome }) => outcome !== expected.get(id))).toEqual([]);
  });

  it("ignores members of a description that it does not know", async () => {
    const program = await start("described.mjs", '{"protocol":1,"speed":"fast","commands":[]}');
    expect(program).toMatchObject({ name: "described" });
    expect(program).not.toHaveProperty("speed");
  });

  it.each([0, 2, 1.5, "1", null])("rejects a program of protocol version %j", async (protocol) => {
    await expect(start("described.mjs", JSON.stringify({ protocol }))).rejects.toMatchObject({
      code: "ERR_ANSWER",
      message: Number.isInteger(protocol)
        ? `the program speaks version ${protocol} of the protocol, and this runner version 1: use the runner of that version`
        : "protocol: missing in the answer, or of the wrong type",
    });
  });
});
