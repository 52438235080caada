import { run } from "./sign.mjs";

globalThis.run = run;
