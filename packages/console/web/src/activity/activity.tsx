import type { Catalogue } from "@oauth1/api-keys";
import type { AuditChoices, AuditPage } from "@oauth1/api-keys/admin";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Problem } from "../components/problem.js";
import { useApi, useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { activityAddress, apiQuery, filterOf, isEmpty } from "./activity-query.js";
import { ActivityTable } from "./activity-table.js";
import { Filters } from "./filters.js";

const PAGE_SIZE = 50;

/** The audit log of the account. Filters and page are in the address. */
export default function ActivityPage() {
  return (
    <SignedIn>
      <Activity />
    </SignedIn>
  );
}

function Activity() {
  const ask = useApi();
  const { session } = useSession();
  const { query } = useLocation();
  const filter = filterOf(query);
  const page = Math.max(1, Math.trunc(Number(query["page"])) || 1);
  const [audit, setAudit] = useState<AuditPage>();
  const [choices, setChoices] = useState<AuditChoices>();
  const [catalogue, setCatalogue] = useState<Catalogue>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(true);
  const mayRead = session?.mayReadActivity ?? false;
  const selected = apiQuery(filter).toString();

  useEffect(() => {
    if (!mayRead) return;
    const complain = (error: Error) => setProblem(error.message);
    ask<AuditChoices>("/audit/choices").then(setChoices, complain);
    ask<Catalogue>("/catalogue").then(setCatalogue, complain);
  }, [ask, mayRead]);
  useEffect(() => {
    if (!mayRead) return;
    const cancelled = new AbortController();
    const wanted = new URLSearchParams(selected);
    wanted.set("page", String(page));
    wanted.set("pageSize", String(PAGE_SIZE));
    setBusy(true);
    ask<AuditPage>(`/audit?${wanted}`, { signal: cancelled.signal }).then(
      (found) => {
        setAudit(found);
        setProblem(undefined);
        setBusy(false);
      },
      (error: Error) => {
        if (cancelled.signal.aborted) return;
        setProblem(error.message);
        setBusy(false);
      },
    );
    return () => cancelled.abort();
  }, [ask, mayRead, selected, page]);

  if (!mayRead) {
    return (
      <section class="page">
        <h1>Activity</h1>
        <p role="alert" class="problem">
          Your role ({session?.user.role}) cannot see the activity. Ask an administrator.
        </p>
      </section>
    );
  }
  return (
    <section class="page">
      <div class="title-row">
        <div>
          <h1>Activity</h1>
          <p class="lead">Who changed what and when. Nobody can change or delete these entries.</p>
        </div>
        <a
          class="button quiet-button"
          href={`/api/console/audit.csv${selected && `?${selected}`}`}
          download
        >
          Download as CSV
        </a>
      </div>
      {choices && <Filters key={selected} filter={filter} choices={choices} />}
      <Problem message={problem} />
      <p class="lead" aria-live="polite" aria-busy={isBusy}>
        {audit && !isBusy && count(audit.total, isEmpty(filter))}
        {isBusy && "Loading…"}
      </p>
      {audit && catalogue && audit.entries.length > 0 && (
        <ActivityTable entries={audit.entries} catalogue={catalogue} filter={filter} />
      )}
      {audit && (
        <Pages
          page={audit.page}
          pages={Math.max(1, Math.ceil(audit.total / audit.pageSize))}
          addressOf={(number) => activityAddress(filter, number)}
        />
      )}
    </section>
  );
}

function count(total: number, isEverything: boolean): string {
  const changes = `${total} ${total === 1 ? "change" : "changes"}`;
  if (isEverything) return changes;
  return total === 0 ? "No changes match these filters." : `${changes} found`;
}

interface PagesProps {
  readonly page: number;
  readonly pages: number;
  readonly addressOf: (page: number) => string;
}

function Pages({ page, pages, addressOf }: PagesProps) {
  if (pages === 1 && page === 1) return null;
  const step = (name: string, to: number) =>
    to >= 1 && to <= pages ? (
      <a class="button quiet-button" href={addressOf(to)}>
        {name}
      </a>
    ) : null;
  return (
    <nav class="activity-pages" aria-label="Pages of activity">
      {step("Newer", page - 1)}
      <span>
        Page {page} of {pages}
      </span>
      {step("Older", page + 1)}
    </nav>
  );
}
