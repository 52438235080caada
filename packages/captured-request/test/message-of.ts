import { CapturedRequestError } from "@oauth1/captured-request";

/** The code and the message of the error that a reader must throw. */
export function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof CapturedRequestError) return `${error.code} ${error.message}`;
    throw error;
  }
  throw new Error("no error");
}
