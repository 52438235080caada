import type { Installation } from "../installation.js";
import { validate } from "../validate.js";
import { type AuditFilter, type AuditLogEntry, auditFilterSchema } from "./audit-schema.js";
import { readAuditInBatches } from "./read-audit.js";

/**
 * Writes the entries that match a filter as CSV (RFC 4180), the newest first, with a line of
 * headings. `before` and `after` are JSON. A batch of entries is read when the reader asks for more.
 *
 * A cell that a spreadsheet would run as a formula starts with an apostrophe.
 *
 * @throws ApiKeysError `ERR_INPUT`.
 */
export function auditCsv(
  installation: Installation,
  accountId: string,
  query: AuditFilter,
  onFault: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const filter = validate(auditFilterSchema, query);
  const batches = readAuditInBatches(installation, accountId, filter);
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(line(COLUMNS.map(([heading]) => heading))));
    },
    async pull(controller) {
      try {
        const { done, value } = await batches.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value.map(lineOf).join("")));
      } catch (error) {
        // The status is already sent. Breaking the connection shows the client that the log is
        // incomplete.
        onFault(error);
        controller.error(error);
      }
    },
    async cancel() {
      await batches.return(undefined);
    },
  });
}

type Column = readonly [heading: string, value: (entry: AuditLogEntry) => unknown];

const COLUMNS: readonly Column[] = [
  ["id", ({ id }) => id],
  ["at", ({ at }) => at],
  ["actor", ({ actor }) => actor.name],
  ["actor_id", ({ actor }) => actor.id],
  ["address", ({ address }) => address],
  ["action", ({ action }) => action],
  ["key", ({ key }) => key?.name],
  ["key_id", ({ key }) => key?.id],
  ["user", ({ user }) => user?.name],
  ["user_id", ({ user }) => user?.id],
  ["application", ({ application }) => application?.name],
  ["application_id", ({ application }) => application?.id],
  ["before", ({ before }) => before && JSON.stringify(before)],
  ["after", ({ after }) => after && JSON.stringify(after)],
];

function lineOf(entry: AuditLogEntry): string {
  return line(COLUMNS.map(([, value]) => String(value(entry) ?? "")));
}

/** Ends with CRLF (RFC 4180 §2, rule 1). */
function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** Quotes a cell that contains a quote, comma or line break (RFC 4180 §2, rules 6 and 7). */
function cell(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets ignore leading white space, and some accept the full-width characters. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/u;
