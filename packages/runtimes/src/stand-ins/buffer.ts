// In bundles without Node, for the suite's files alone: these packages get none.
export { Buffer } from "buffer/";
