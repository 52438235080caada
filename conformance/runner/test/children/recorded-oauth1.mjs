// Our own implementation behind the protocol; what it reads and writes goes into two files as well.
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
