import type { Catalogue } from "@oauth1/api-keys";
import type { AuditLogEntry } from "@oauth1/api-keys/admin";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { useSession } from "../session/session.js";
import { type ActivityFilter, activityAddress } from "./activity-query.js";
import { capitalized, describeEntry } from "./describe-entry.js";

interface Props {
  readonly entries: readonly AuditLogEntry[];
  readonly catalogue: Catalogue;
  readonly filter: ActivityFilter;
}

/** The entries of a page of the audit log. */
export function ActivityTable({ entries, catalogue, filter }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section class="table-scroll" aria-label="Changes" tabIndex={0}>
      <table class="cards activity">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Changed by</th>
            <th scope="col">Action</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td class="date">{dateAndTime(entry.at)}</td>
              <td data-label="Changed by">
                <a href={activityAddress({ ...filter, actor: entry.actor.name })}>
                  <bdi>{entry.actor.name}</bdi>
                </a>
                {entry.address && <small class="description">{entry.address}</small>}
              </td>
              <td>{capitalized(entry.action)}</td>
              <td>
                <Subject entry={entry} />
                {describeEntry(entry, catalogue).map((line) => (
                  <small key={line} class="description" dir="auto">
                    {line}
                  </small>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The changed key, application or member, with a link to it if there is a page. */
function Subject({ entry: { key, user, application } }: { readonly entry: AuditLogEntry }) {
  const { session } = useSession();
  if (key !== null) {
    return (
      <a href={`/api-keys/${key.id}`}>
        <bdi>{key.name}</bdi>
      </a>
    );
  }
  if (application !== null) {
    const name = <bdi>{application.name}</bdi>;
    return session?.mayManageUsers ? <a href={`/applications/${application.id}`}>{name}</a> : name;
  }
  if (user === null) return null;
  return session?.mayManageUsers ? (
    <a href={`/members/${user.id}`}>{user.name}</a>
  ) : (
    <span>{user.name}</span>
  );
}
