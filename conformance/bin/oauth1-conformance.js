#!/usr/bin/env node
import { main } from "../dist/runner/command/main.js";

await main(process.argv);
