#!/usr/bin/env node
import { run } from "../dist/command-line/run.js";

process.exitCode = await run(process.argv);
