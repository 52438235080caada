// For bundles without Node, in the suite's files only: these packages do not receive a Buffer.
export { Buffer } from "buffer/";
