// Preloaded into a process: keeps in a second folder what a disk would hold of an embedded database
// after a power loss at any moment. Writes to a file persist once the file was synced;
// a new name or a removal once the file or its folder was. Nothing else ever is.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { dirname, join, relative } from "node:path";

const { OAUTH1_WRITTEN: written, OAUTH1_ON_DISK: onDisk } = process.env;
const real = { ...fs };

/** @typedef {{ path: string, diskPath?: string, unsynced: ((descriptor: number) => void)[] }} File */
/** @type {Map<string, File>} */
const files = new Map();
/** @type {Map<number, string>} */
const opened = new Map();
/** Paths on the disk whose files were removed, but whose folders were not yet synced. */
const removed = new Set();

const isOurs = (path) => typeof path === "string" && !relative(written, path).startsWith("..");
const diskPathOf = (path) => join(onDisk, relative(written, path));

function fileAt(path) {
  const file = files.get(path) ?? { path, diskPath: undefined, unsynced: [] };
  files.set(path, file);
  return file;
}

function change(path, apply) {
  if (isOurs(path)) fileAt(path).unsynced.push(apply);
}

function syncName(file) {
  const wanted = diskPathOf(file.path);
  if (file.diskPath === undefined || file.diskPath === wanted) return;
  real.renameSync(file.diskPath, wanted);
  removed.delete(wanted);
  file.diskPath = wanted;
}

function syncFile(file) {
  const wanted = diskPathOf(file.path);
  real.mkdirSync(dirname(wanted), { recursive: true });
  if (file.diskPath === undefined) {
    real.copyFileSync(file.path, wanted);
    removed.delete(wanted);
    file.diskPath = wanted;
  } else {
    syncName(file);
    const descriptor = real.openSync(wanted, "r+");
    for (const apply of file.unsynced) apply(descriptor);
    real.closeSync(descriptor);
  }
  file.unsynced = [];
}

function syncFolder(folder) {
  real.mkdirSync(diskPathOf(folder), { recursive: true });
  for (const file of files.values()) {
    const isNamedThere = file.diskPath && dirname(file.diskPath) === diskPathOf(folder);
    if (dirname(file.path) === folder || isNamedThere) syncName(file);
  }
  for (const path of removed) {
    if (dirname(path) !== diskPathOf(folder)) continue;
    real.rmSync(path, { force: true });
    removed.delete(path);
  }
}

/** What was there before the process started is on the disk. */
if (real.existsSync(written)) {
  real.cpSync(written, onDisk, { recursive: true });
  for (const entry of real.readdirSync(written, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) fileAt(path).diskPath = diskPathOf(path);
  }
}

Object.assign(fs, {
  openSync(path, ...rest) {
    const descriptor = real.openSync(path, ...rest);
    if (isOurs(path)) opened.set(descriptor, path);
    else opened.delete(descriptor);
    return descriptor;
  },
  writeSync(descriptor, buffer, offset, length, position) {
    const count = real.writeSync(descriptor, buffer, offset, length, position);
    const path = opened.get(descriptor);
    if (path !== undefined) {
      if (typeof position !== "number") throw new Error("only writes with a position are known");
      const bytes = Uint8Array.from(
        new Uint8Array(buffer.buffer, buffer.byteOffset + offset, count),
      );
      change(path, (disk) => real.writeSync(disk, bytes, 0, count, position));
    }
    return count;
  },
  ftruncateSync(descriptor, length = 0) {
    real.ftruncateSync(descriptor, length);
    change(opened.get(descriptor), (disk) => real.ftruncateSync(disk, length));
  },
  truncateSync(path, length = 0) {
    real.truncateSync(path, length);
    change(path, (disk) => real.ftruncateSync(disk, length));
  },
  renameSync(from, to) {
    real.renameSync(from, to);
    if (!isOurs(to)) return;
    const file = fileAt(from);
    files.delete(from);
    file.path = to;
    files.set(to, file);
  },
  unlinkSync(path) {
    real.unlinkSync(path);
    const diskPath = files.get(path)?.diskPath;
    if (diskPath !== undefined) removed.add(diskPath);
    files.delete(path);
  },
  fsyncSync(descriptor) {
    real.fsyncSync(descriptor);
    const path = opened.get(descriptor);
    if (path === undefined) return;
    if (real.fstatSync(descriptor).isDirectory()) syncFolder(path);
    else syncFile(fileAt(path));
  },
});
syncBuiltinESMExports();
