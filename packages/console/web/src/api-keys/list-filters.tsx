import type { Catalogue } from "@oauth1/api-keys";
import { useEffect, useRef, useState } from "preact/hooks";
import { type ListQuery, ORDERS } from "./list-query.js";

/** The pause in typing after which the search starts, in milliseconds. */
const PAUSE = 150;

interface Props {
  readonly query: ListQuery;
  readonly catalogue: Catalogue | undefined;
  /** Shows the list of a query. `replace` does so without a new entry in the history. */
  readonly onQuery: (query: ListQuery, replace?: boolean) => void;
}

/** The search, the filters and the order of the list. */
export function ListFilters({ query, catalogue, onQuery }: Props) {
  const change = (part: Partial<ListQuery>) => onQuery({ ...query, ...part, page: 1 });
  return (
    <div class="filters">
      <Search query={query} onQuery={onQuery} />
      <label>
        Status
        <select
          value={query.enabled}
          onChange={(event) =>
            change({ enabled: event.currentTarget.value as ListQuery["enabled"] })
          }
        >
          <option value="">All</option>
          <option value="true">Enabled</option>
          <option value="false">Disabled</option>
        </select>
      </label>
      <label>
        Category
        <select
          value={query.category}
          onChange={(event) => change({ category: event.currentTarget.value })}
        >
          <option value="">All</option>
          {catalogue?.categories.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Sort by
        <select
          value={query.order}
          onChange={(event) => change({ order: event.currentTarget.value })}
        >
          {Object.entries(ORDERS).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Search({ query, onQuery }: Pick<Props, "query" | "onQuery">) {
  const [text, setText] = useState(query.search);
  // The text that this field has put into the address. Any other text came from a link or from
  // Back.
  const own = useRef(query.search);
  useEffect(() => {
    if (query.search === own.current) return;
    own.current = query.search;
    setText(query.search);
  }, [query.search]);
  useEffect(() => {
    if (text.trim() === own.current) return;
    const timer = setTimeout(() => {
      own.current = text.trim();
      onQuery({ ...query, search: text.trim(), page: 1 }, true);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <label>
      Search
      <input
        type="search"
        placeholder="Name, description, category or App key"
        value={text}
        maxLength={100}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </label>
  );
}
