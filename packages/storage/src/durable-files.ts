import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** The part of Emscripten's file system that lacks `fsync`. */
interface NodeFiles {
  tryFSOperation<Result>(operation: () => Result): Result;
  readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number };
}

/**
 * The files of an embedded database, which are on the disk when PostgreSQL wants them to be:
 * PGlite's own do not pass `fsync` on to the operating system.
 */
class DurableFiles extends NodeFS {
  override async init(...[database, options]: Parameters<NodeFS["init"]>) {
    const opened = await super.init(database, options);
    const addSync = (module: unknown) => {
      const { NODEFS } = module as { NODEFS: NodeFiles };
      NODEFS.stream_ops.fsync = ({ nfd }) => {
        if (!isFolderOfWindows(nfd)) NODEFS.tryFSOperation(() => fsyncSync(nfd));
        return 0;
      };
    };
    const { emscriptenOpts } = opened;
    return {
      emscriptenOpts: { ...emscriptenOpts, preRun: [...preRunOf(emscriptenOpts), addSync] },
    };
  }
}

/** Windows syncs folders by itself, and rejects the call. */
function isFolderOfWindows(descriptor: number): boolean {
  return process.platform === "win32" && fstatSync(descriptor).isDirectory();
}

function preRunOf({ preRun = [] }: { preRun?: unknown }): never[] {
  return (Array.isArray(preRun) ? preRun : [preRun]) as never[];
}

/**
 * Opens an embedded database whose acknowledged writes survive a power loss.
 *
 * PGlite starts PostgreSQL with `-F`, which turns `fsync` off. Its `fdatasync`, with which
 * PostgreSQL writes its log on Linux, does nothing.
 */
export async function openDurably(folder: string): Promise<PGlite> {
  const database = await PGlite.create({
    fs: new DurableFiles(folder),
    startParams: [
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
      ...["-c", "wal_sync_method=fsync"],
    ],
  });
  try {
    if (!isSynced(folder)) syncOnce(folder);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/**
 * A file in a folder that was synced as a whole. It contains its own inode number, which is another
 * one in a copy of the folder, such as a restored backup. A copy must be synced again.
 */
const SYNCED = "synced";

function isSynced(folder: string): boolean {
  const file = join(folder, SYNCED);
  return existsSync(file) && readFileSync(file, "utf8") === inodeOf(file);
}

function inodeOf(file: string): string {
  return String(statSync(file, { bigint: true }).ino);
}

/**
 * PostgreSQL does not sync what `initdb` has written. Everything later it syncs itself, so that the
 * hundreds of files are synced only once.
 */
function syncOnce(folder: string): void {
  syncAll(folder);
  const file = join(folder, SYNCED);
  closeSync(openSync(file, "w"));
  writeFileSync(file, inodeOf(file));
  sync(file, "r+");
  if (process.platform !== "win32") sync(folder, "r");
}

function syncAll(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncAll(path);
    else if (entry.isFile()) sync(path, "r+"); // Windows syncs only what can be written
  }
  if (process.platform !== "win32") sync(folder, "r");
}

function sync(path: string, flags: string): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
