// A web page: the function itself, to be called from outside.
import { run } from "../entry.js";

Object.assign(globalThis, { run });
