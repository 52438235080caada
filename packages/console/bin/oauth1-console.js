#!/usr/bin/env node
import { main } from "../dist/server/command/main.js";

await main(process.argv);
