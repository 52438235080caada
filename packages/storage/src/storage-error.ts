/** The stable codes of errors. A code never changes its meaning. */
export type StorageErrorCode =
  /**
   * The data folder cannot be created, read or written. Remedy: let the user of this process
   * write to the folder, or name another folder.
   */
  | "ERR_DATA_FOLDER"
  /**
   * The database cannot be opened. Remedy: check that the database runs, and that its address and
   * password are right.
   */
  | "ERR_DATABASE"
  /**
   * An encryption key is malformed or missing, or others can read its file. Remedy: restore the
   * file `encryption-keys` that belongs to this database, with mode 600.
   */
  | "ERR_ENCRYPTION_KEY"
  /**
   * Another process has the data folder open. Remedy: stop the other process, or name another
   * data folder.
   */
  | "ERR_FOLDER_IN_USE"
  /**
   * A stored secret was changed, or was moved to another secret's place. Remedy: restore the
   * database from a backup.
   */
  | "ERR_SEALED_SECRET"
  /**
   * An argument or an option of a function is missing, misspelled or of the wrong type. Remedy:
   * correct the argument that the message names.
   */
  | "ERR_STORAGE_ARGUMENT";

/**
 * An error of this package. `code` is stable. `message` is for people and never contains a secret.
 */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
