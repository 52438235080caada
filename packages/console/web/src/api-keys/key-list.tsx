import type { Catalogue, KeyList } from "@oauth1/api-keys";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Problem } from "../components/problem.js";
import { useApi, useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { KeyTable } from "./key-table.js";
import { LimitNote } from "./limit-note.js";
import { rememberList } from "./list-address.js";
import { ListFilters } from "./list-filters.js";
import { type ListQuery, readListQuery, writeListQuery } from "./list-query.js";

const PAGE_SIZE = 25;

/** The account's API keys. */
export default function KeyListPage() {
  return (
    <SignedIn>
      <Keys />
    </SignedIn>
  );
}

function Keys() {
  const ask = useApi();
  const { session } = useSession();
  const { query: parameters, path, route } = useLocation();
  const query = readListQuery(parameters);
  const written = writeListQuery(query);
  const [list, setList] = useState<KeyList>();
  const [catalogue, setCatalogue] = useState<Catalogue>();
  const [problem, setProblem] = useState<string>();
  const [isSearching, setSearching] = useState(true);
  const show = (next: ListQuery, replace = false) => {
    const search = writeListQuery(next);
    route(search === "" ? path : `${path}?${search}`, replace);
  };

  useEffect(() => {
    ask<Catalogue>("/catalogue").then(setCatalogue, (error) => setProblem(error.message));
  }, [ask]);

  useEffect(() => {
    rememberList(written);
    const cancelled = new AbortController();
    setSearching(true);
    ask<KeyList>(`/keys?${new URLSearchParams(written)}&pageSize=${PAGE_SIZE}`, {
      signal: cancelled.signal,
    }).then(
      (found) => {
        if (cancelled.signal.aborted) return;
        setSearching(false);
        setList(found);
        setProblem(undefined);
        const pages = Math.ceil(found.total / PAGE_SIZE);
        // The address can be older than the last change of the keys.
        if (found.page > 1 && found.page > pages) show({ ...query, page: pages || 1 }, true);
      },
      (error) => {
        if (cancelled.signal.aborted) return;
        setSearching(false);
        setProblem(error.message);
      },
    );
    return () => cancelled.abort();
  }, [ask, written]);

  const isFull = list !== undefined && list.limit.used >= list.limit.maximum;
  return (
    <section class="page">
      <div class="title-row">
        <div>
          <h1>API keys</h1>
          <p class="lead">
            Keys of <bdi>{session?.account.name}</bdi>. They belong to the account, not to a person.
            Create a separate key for each application and environment.
          </p>
          {isFull && <LimitNote maximum={list.limit.maximum} />}
        </div>
        {session?.mayManageKeys && (
          <a class="button" href="/api-keys/new">
            Add new
          </a>
        )}
      </div>
      <Problem message={problem} />
      {list && list.limit.used === 0 ? (
        <EmptyState mayManageKeys={session?.mayManageKeys ?? false} />
      ) : (
        <>
          <ListFilters query={query} catalogue={catalogue} onQuery={show} />
          {list === undefined ? (
            problem === undefined && <p aria-busy="true">Loading…</p>
          ) : (
            <>
              <Matches list={list} query={query} isSearching={isSearching} />
              <KeyTable list={list} catalogue={catalogue} isSearching={isSearching} />
              <Pages list={list} onPage={(page) => show({ ...query, page })} />
            </>
          )}
        </>
      )}
    </section>
  );
}

interface MatchesProps {
  readonly list: KeyList;
  readonly query: ListQuery;
  readonly isSearching: boolean;
}

/** Shows how many keys match, also to screen readers. */
function Matches({ list: { total, limit }, query, isSearching }: MatchesProps) {
  const isFiltered = `${query.search.trim()}${query.category}${query.enabled}` !== "";
  const keys = (count: number) => (count === 1 ? "1 key" : `${count} keys`);
  return (
    <p role="status" class="lead matches">
      {isSearching
        ? "Searching…"
        : isFiltered
          ? `${total === 1 ? "1 matches" : `${total} match`} of ${keys(limit.used)}`
          : keys(limit.used)}
    </p>
  );
}

function EmptyState({ mayManageKeys }: { readonly mayManageKeys: boolean }) {
  return (
    <div class="empty">
      <h2>No keys yet</h2>
      <p>
        With a key, an application can call this account's APIs without a signed-in user. You choose
        its permissions and get four values: <strong>App key</strong>, <strong>Secret</strong>,{" "}
        <strong>Access token</strong> and <strong>Access token secret</strong>. The application
        signs each request with them (OAuth 1.0).
      </p>
      {mayManageKeys ? (
        <a class="button" href="/api-keys/new">
          Add the first key
        </a>
      ) : (
        <p>Ask an Administrator or a Campaign Manager to add one.</p>
      )}
    </div>
  );
}

interface PagesProps {
  readonly list: KeyList;
  readonly onPage: (page: number) => void;
}

function Pages({ list, onPage }: PagesProps) {
  const { page, pageSize, total, limit } = list;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return (
    <div class="pages">
      <small>
        {limit.used} of {limit.maximum} keys in use. Keys cannot be deleted, and a disabled key
        still counts.
      </small>
      {pages > 1 && (
        <nav aria-label="Pages of keys">
          <button type="button" class="quiet" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            Previous
          </button>
          <span>
            {page} of {pages}
          </span>
          <button
            type="button"
            class="quiet"
            disabled={page >= pages}
            onClick={() => onPage(page + 1)}
          >
            Next
          </button>
        </nav>
      )}
    </div>
  );
}
