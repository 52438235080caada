// A web page: exposes the function, to be called from outside.
import { run } from "bundled:run";

Object.assign(globalThis, { run });
