import { fileURLToPath } from "node:url";
import {
  commandCandidate,
  commandImplementation,
  formatReport,
  hasFailed,
  type Implementation,
  loadVectors,
  ProtocolError,
  runCandidates,
  runProperties,
  runVectors,
  Unsupported,
} from "@oauth1/conformance";
import { afterEach, describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("children/misbehave.mjs", import.meta.url));

const started: Implementation[] = [];
afterEach(async () => {
  for (const implementation of started.splice(0)) await implementation.close?.();
});

async function start(...args: string[]): Promise<Implementation> {
  const child = await commandImplementation(process.execPath, [script, ...args], { timeout: 1500 });
  started.push(child);
  return child;
}

const encode = async (child: Implementation, text: string) => child.percentEncode?.(text);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("commandImplementation", () => {
  it("has the steps that the process describes", async () => {
    const child = await start();
    expect(child).toMatchObject({ name: "misbehave", version: "1", language: "JavaScript" });
    expect(child.percentEncode).toBeTypeOf("function");
    expect(child.sign).toBeUndefined();
  });

  it.each([
    ["crash", "ERR_CRASHED", /exit code 3.*out of ink/],
    ["fault", "ERR_CRASHED", /signal SIGSEGV/],
    ["chatty crash", "ERR_CRASHED", /exit code 4.*last words/],
    ["hang", "ERR_TIMEOUT", /1500 ms/],
    ["noise", "ERR_NOISE", /Listening on port 8080/],
    ["no object", "ERR_NOISE", /\[1\]/],
    ["wrong id", "ERR_NOISE", /nothing that was asked/],
    ["half line", "ERR_HALF_LINE", /1500 ms/],
    ["half line and end", "ERR_HALF_LINE", /exit code 0/],
    ["long line", "ERR_LONG_LINE", /1 MiB/],
    ["endless line", "ERR_LONG_LINE", /1 MiB/],
    ["no UTF-8", "ERR_NOISE", /no JSON object/],
    ["number", "ERR_ANSWER", /^result/],
    ["nothing", "ERR_ANSWER", /^result/],
  ])("reports %s as %s, and answers the next request", async (text, code, message) => {
    const child = await start();
    const error = await encode(child, text).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await encode(child, "good")).toBe("good");
  });

  it.each([
    [{ valid: "no" }, "valid"],
    [{ valid: false }, "causes"],
    [{ valid: false, causes: {} }, "causes"],
    [{ valid: false, causes: ["SpaceAsPlus"] }, "causes"],
    [{ valid: false, causes: [{ section: "§3.6", baseString: "" }] }, "mistakes"],
    [{ valid: false, causes: [{ mistakes: [], baseString: "" }] }, "section"],
    [{ valid: false, causes: [{ mistakes: [], section: "§3.6" }] }, "baseString"],
    [{ valid: false, causes: [{ mistakes: [], section: "", baseString: "", key: 5 }] }, "key"],
  ])("rejects the diagnosis %j", async (answer, field) => {
    const child = await start();
    const request = { method: JSON.stringify(answer), url: "", headers: [], body: null };
    const secrets = { clientSharedSecret: "", tokenSharedSecret: "" };
    await expect(child.diagnose?.({ ...request, ...secrets })).rejects.toMatchObject({
      code: "ERR_ANSWER",
      message: expect.stringMatching(`^${field}: `),
    });
  });

  it("reports a process that closed its standard input", async () => {
    const child = await start();
    expect(await encode(child, "deaf")).toBe("good");
    // Its end of the pipe may be closed a moment later.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(encode(child, "good")).rejects.toMatchObject({
      code: expect.stringMatching(/^ERR_(INPUT_CLOSED|TIMEOUT)$/),
    });
    expect(await encode(child, "good")).toBe("good");
  });

  it("reads a long standard error, and keeps its beginning after a crash", async () => {
    const child = await start();
    expect(await encode(child, "chatty")).toBe("good");
    const error = await encode(await start(), "chatty crash").catch(
      (reason: ProtocolError) => reason,
    );
    expect(error).toMatchObject({ complaint: expect.stringMatching(/^first words\n/) });
    expect((error as ProtocolError).complaint.length).toBeLessThan(5000);
  });

  it("does not time out on a slow start or restart", async () => {
    const child = await start("slow-start");
    await expect(encode(child, "crash")).rejects.toMatchObject({ code: "ERR_CRASHED" });
    expect(await encode(child, "good")).toBe("good");
  });

  it.each([
    ["hang", 2, 300],
    ["exit", 20, 10_000],
  ])("gives up a process that only %s after %i times", async (text, times, timeout) => {
    const options = { timeout, restarts: 20 };
    const child = await commandImplementation(process.execPath, [script], options);
    started.push(child);
    for (let count = 0; count < times; count++) {
      await expect(encode(child, text)).rejects.toMatchObject({
        code: expect.stringMatching(/^ERR_(TIMEOUT|CRASHED)$/),
      });
    }
    const error = await encode(child, "good").catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: "ERR_GIVEN_UP",
      message: expect.stringMatching(/the last time so: (no answer in|ended \()/),
    });
  });

  it("reports an extra answer as noise", async () => {
    const child = await start();
    expect(await encode(child, "twice")).toBe("good");
    // The second answer may come before or after the next request.
    await expect(encode(child, "hang")).rejects.toMatchObject({ code: "ERR_NOISE" });
    expect(await encode(child, "good")).toBe("good");
  });

  it("distinguishes a rejected input from an unsupported request", async () => {
    const child = await start();
    await expect(encode(child, "reject")).rejects.toThrow(/^not this$/);
    await expect(encode(child, "else")).rejects.toBeInstanceOf(Unsupported);
  });

  it("sends concurrent requests one after the other", async () => {
    const child = await start();
    const answers = [encode(child, "good"), encode(child, "reject"), encode(child, "good")];
    const outcomes = await Promise.allSettled(answers);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("ends the process on close(), even if it does not stop", async () => {
    for (const args of [[], ["never-stop"]]) {
      const child = await start(...args);
      const pid = Number(await encode(child, "process"));
      expect(isRunning(pid)).toBe(true);
      await child.close?.();
      expect(isRunning(pid)).toBe(false);
    }
  });

  it("kills a process that hangs", async () => {
    const child = await start();
    const pid = Number(await encode(child, "process"));
    await expect(encode(child, "hang")).rejects.toMatchObject({ code: "ERR_TIMEOUT" });
    expect(Number(await encode(child, "process"))).not.toBe(pid);
    expect(isRunning(pid)).toBe(false);
  });

  it("rejects a program that does not start or does not describe itself", async () => {
    await expect(commandImplementation("/no/such/program")).rejects.toMatchObject({
      name: "ProtocolError",
      code: "ERR_NOT_STARTED",
    });
    const wrong = 'process.stdin.on(\'data\', () => console.log(\'{"id":1,"name":"x"}\'))';
    await expect(
      commandImplementation(process.execPath, ["-e", wrong], { timeout: 1500 }),
    ).rejects.toMatchObject({ code: "ERR_ANSWER" });
    await expect(
      commandImplementation(process.execPath, ["-e", "process.exit(0)"]),
    ).rejects.toMatchObject({ code: "ERR_CRASHED" });
  });

  it("reports a crash as an error", async () => {
    const code =
      "require('readline').createInterface({input:process.stdin}).on('line',(l)=>{" +
      "const {id,command}=JSON.parse(l);if(command!=='describe')process.exit(1);" +
      "console.log(JSON.stringify({id,name:'x',version:'1',language:'x',commands:['signature']}))})";
    const child = await commandImplementation(process.execPath, ["-e", code]);
    started.push(child);
    const [file] = loadVectors(["hmac-sha1"]);
    if (file === undefined) throw new Error("no vectors");
    const vectors = await runVectors(child, [{ ...file, vectors: file.vectors.slice(0, 3) }]);
    const properties = await runProperties(child, { seed: 1, cases: 1, topics: ["hmac-sha1"] });
    const outcomes = [...vectors, ...properties].map(({ outcome }) => outcome);
    expect(new Set(outcomes)).toEqual(new Set(["error"]));
  });

  it("ends the run if a process is given up, and keeps the results so far", async () => {
    const code = `${"require('readline').createInterface({input:process.stdin}).on('line',(l)=>{"}
      const {id,command}=JSON.parse(l);if(command==='percent-encode')return;
      console.log(JSON.stringify({id,name:'x',version:'1',language:'x',commands:['percent-encode']}))})`;
    const candidate = commandCandidate("hangs", process.execPath, ["-e", code]);
    const report = await runCandidates([candidate], {
      topics: ["percent-encoding"],
      cases: 1,
      timeout: 20,
    });
    const [found] = report.implementations;
    expect(found?.givenUp).toMatch(/^it broke the protocol again.*: no answer in 20 ms$/);
    expect(found?.results.filter(({ verdict }) => verdict === "error")).toHaveLength(10);
    expect(hasFailed(report)).toBe(true);
    expect(formatReport(report)).toMatch(/^x was given up: it broke the protocol again/m);
  });
});
