import type { Catalogue, KeyList } from "@oauth1/api-keys";
import { useEffect, useState } from "preact/hooks";
import { useApi, useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { dateAndTime } from "./date-and-time.js";

const PAGE_SIZE = 25;

const SORTS = {
  "createdAt descending": "Newest first",
  "createdAt ascending": "Oldest first",
  "editedAt descending": "Last edited",
  "applicationName ascending": "Application, A to Z",
  "developerName ascending": "Developer, A to Z",
} as const;

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
  const [search, setSearch] = useState("");
  const [order, setOrder] = useState<string>("createdAt descending");
  const [page, setPage] = useState(1);
  const [list, setList] = useState<KeyList>();
  const [catalogue, setCatalogue] = useState<Catalogue>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    ask<Catalogue>("/catalogue").then(setCatalogue, (error) => setProblem(error.message));
  }, [ask]);

  useEffect(() => {
    const cancelled = new AbortController();
    const [sort = "", direction = ""] = order.split(" ");
    const query = new URLSearchParams({
      sort,
      order: direction,
      page: String(page),
      pageSize: String(PAGE_SIZE),
      ...(search.trim() === "" ? {} : { search: search.trim() }),
    });
    // Waits until the user pauses typing.
    const timer = setTimeout(
      () => {
        ask<KeyList>(`/keys?${query}`, { signal: cancelled.signal }).then(
          (found) => {
            setList(found);
            setProblem(undefined);
          },
          (error) => cancelled.signal.aborted || setProblem(error.message),
        );
      },
      list === undefined ? 0 : 150,
    );
    return () => {
      clearTimeout(timer);
      cancelled.abort();
    };
  }, [ask, search, order, page]);

  const isFull = list !== undefined && list.limit.used >= list.limit.maximum;
  return (
    <section class="page">
      <div class="title-row">
        <div>
          <h1>API keys</h1>
          <p class="lead">
            Keys of {session?.account.name}. They belong to the account, not to a person. Create a
            separate key for each application and environment.
          </p>
        </div>
        {session?.mayManageKeys &&
          (isFull ? (
            <span role="note" class="limit-note">
              This account has reached its limit of {list.limit.maximum} keys. Keys cannot be
              deleted: edit or rotate one that you no longer need.
            </span>
          ) : (
            <a class="button" href="/api-keys/new">
              Add new
            </a>
          ))}
      </div>
      {problem !== undefined && (
        <p role="alert" class="problem">
          {problem}
        </p>
      )}
      {list && list.limit.used === 0 ? (
        <EmptyState mayManageKeys={session?.mayManageKeys ?? false} />
      ) : (
        <>
          <div class="pair">
            <label>
              Search
              <input
                type="search"
                placeholder="Application, developer, description or App key"
                value={search}
                onInput={(event) => {
                  setSearch(event.currentTarget.value);
                  setPage(1);
                }}
              />
            </label>
            <label>
              Sort by
              <select
                value={order}
                onChange={(event) => {
                  setOrder(event.currentTarget.value);
                  setPage(1);
                }}
              >
                {Object.entries(SORTS).map(([value, text]) => (
                  <option key={value} value={value}>
                    {text}
                  </option>
                ))}
              </select>
            </label>
          </div>
          {list === undefined ? (
            problem === undefined && <p aria-busy="true">Loading</p>
          ) : (
            <Table list={list} catalogue={catalogue} />
          )}
          {list && <Pages list={list} onPage={setPage} />}
        </>
      )}
    </section>
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

interface TableProps {
  readonly list: KeyList;
  readonly catalogue: Catalogue | undefined;
}

function Table({ list, catalogue }: TableProps) {
  if (list.keys.length === 0) return <p class="lead">No keys match your search.</p>;
  const category = (id: string) =>
    catalogue?.categories.find((candidate) => candidate.id === id)?.name ?? id;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section class="table-scroll" aria-label="API keys" tabIndex={0}>
      <table class="keys">
        <thead>
          <tr>
            <th scope="col">Application</th>
            <th scope="col">Developer</th>
            <th scope="col">Category</th>
            <th scope="col">App key</th>
            <th scope="col">Created</th>
          </tr>
        </thead>
        <tbody>
          {list.keys.map((key) => (
            <tr key={key.id}>
              <td>
                <a href={`/api-keys/${key.id}`}>{key.applicationName}</a>
                {!key.enabled && <span class="source disabled">disabled</span>}
                {key.description && <small class="description">{key.description}</small>}
              </td>
              <td data-label="Developer">{key.developerName}</td>
              <td data-label="Category">{category(key.category)}</td>
              <td data-label="App key" class="mono">
                {key.client.identifier}
              </td>
              <td data-label="Created" class="date">
                {dateAndTime(key.createdAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
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
        {limit.used} of {limit.maximum} keys in use. Keys cannot be deleted, but you can disable
        them.
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
