// Our own implementation behind the protocol. Its input and output are also written to two files.
import { createWriteStream } from "node:fs";
import { PassThrough } from "node:stream";
import { oauth1Implementation, serveImplementation } from "@oauth1/conformance";

const [read, written] = process.argv.slice(2);
const input = new PassThrough();
const output = new PassThrough();
process.stdin.pipe(input).pipe(createWriteStream(read));
output.pipe(process.stdout);
output.pipe(createWriteStream(written));
const served = new PassThrough();
input.pipe(served);
await serveImplementation(oauth1Implementation(), { input: served, output });
output.end();
process.stdin.destroy();
input.end();
