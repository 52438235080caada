// Libraries that are too old for their adapter: the first call throws, and nothing is sent.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gotSigner } from "@oauth1/client/got";
import { superagentSigner } from "@oauth1/client/superagent";
import { createSigner } from "@oauth1/signer";
import got11 from "got-11";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { client } from "./test-verifier.js";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "oauth1-library-versions-"));
afterAll(() => rmSync(folder, { recursive: true }));

const signer = createSigner({ client });
let requests = 0;
const server = createServer((_request, response) => {
  requests++;
  response.end();
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());

describe("ERR_LIBRARY_VERSION", () => {
  it("is thrown by axiosSigner() beside axios 0.27, and signedFetch() works", async () => {
    const own = fileURLToPath(new URL("..", import.meta.url));
    const modules = join(folder, "node_modules");
    mkdirSync(join(modules, "@oauth1"), { recursive: true });
    for (const name of readdirSync(join(own, "node_modules/@oauth1"))) {
      symlinkSync(join(own, "node_modules/@oauth1", name), join(modules, "@oauth1", name));
    }
    for (const part of ["package.json", "dist"]) {
      cpSync(join(own, part), join(modules, "@oauth1/client", part), { recursive: true });
    }
    symlinkSync(join(own, "node_modules/axios-0"), join(modules, "axios"));
    const program = `
      import { signedFetch } from "@oauth1/client";
      import { axiosSigner } from "@oauth1/client/axios";
      import { createSigner } from "@oauth1/signer";
      const signer = createSigner({ client: { identifier: "i", sharedSecret: "s" } });
      signedFetch(signer);
      try {
        axiosSigner(signer);
      } catch ({ name, code, message }) {
        console.log(JSON.stringify({ name, code, message }));
      }
    `;
    const words = ["--input-type=module", "--eval", program];
    const { stdout } = await run(process.execPath, words, { cwd: folder });
    expect(JSON.parse(stdout)).toEqual({
      name: "ClientError",
      code: "ERR_LIBRARY_VERSION",
      message: "axiosSigner needs axios 1.7 or later; update it",
    });
  });

  it("is the code of got 11's error for the first request with gotSigner()", async () => {
    const { port } = server.address() as AddressInfo;
    const hooks = gotSigner(signer).hooks as object;
    await expect(got11.default.extend({ hooks })(`http://127.0.0.1:${port}`)).rejects.toMatchObject(
      {
        code: "ERR_LIBRARY_VERSION",
        message: "gotSigner needs got 12.6 or later; update it",
      },
    );
    expect(requests).toBe(0);
  });

  it("is thrown by superagentSigner() for a request that is not superagent's own of Node", () => {
    // superagent's request in a browser.
    const inBrowser = { header: {}, _header: {}, on() {} };
    expect(() => superagentSigner(signer)(inBrowser as never)).toThrow(
      expect.objectContaining({
        code: "ERR_LIBRARY_VERSION",
        message: "superagentSigner needs superagent 7 or later, in Node; update it",
      }),
    );
  });
});
