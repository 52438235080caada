// Takes and releases the lock of a folder on command: one JSON object per line.
import { createInterface } from "node:readline";
import { lockFolder } from "../dist/folder-lock.js";

let release = () => {};
createInterface({ input: process.stdin }).on("line", (line) => {
  const { command, folder } = JSON.parse(line);
  if (command === "release") {
    release();
    release = () => {};
    console.log("released");
    return;
  }
  try {
    release = lockFolder(folder);
    console.log("held");
  } catch (error) {
    console.log(error.code);
  }
});
