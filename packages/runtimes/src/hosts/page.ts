// A web page: the function itself, to be called from outside.
import { run } from "bundled:run";

Object.assign(globalThis, { run });
