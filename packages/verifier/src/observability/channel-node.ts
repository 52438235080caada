export { channel } from "node:diagnostics_channel";
