import type { ApiKey, Catalogue, KeyList } from "@oauth1/api-keys";
import { dateAndTime } from "./date-and-time.js";
import { valueText } from "./key-fields.js";
import { ExpiryMark } from "./usage/expiry.js";

interface Props {
  readonly list: KeyList;
  readonly catalogue: Catalogue | undefined;
  readonly isSearching: boolean;
}

/** One page of the list of keys. Long names are cut. Hovering over one shows the whole name. */
export function KeyTable({ list, catalogue, isSearching }: Props) {
  if (list.keys.length === 0) return <p class="lead">No keys match your search.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section class="table-scroll" aria-label="API keys" aria-busy={isSearching} tabIndex={0}>
      <table class="keys">
        <thead>
          <tr>
            <th scope="col">Application</th>
            <th scope="col">Developer</th>
            <th scope="col">Category</th>
            <th scope="col">App key</th>
            <th scope="col">Created</th>
            <th scope="col">Last used</th>
          </tr>
        </thead>
        <tbody>
          {list.keys.map((key) => (
            <Row key={key.id} apiKey={key} catalogue={catalogue} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ apiKey, catalogue }: { apiKey: ApiKey; catalogue: Catalogue | undefined }) {
  const { id, applicationName, developerName, description, category } = apiKey;
  const categoryName = catalogue ? valueText("category", category, catalogue) : category;
  return (
    <tr>
      <td>
        <div class="name-row">
          <a class="cut" href={`/api-keys/${id}`} title={applicationName}>
            <bdi>{applicationName}</bdi>
          </a>
          <KeyMarks apiKey={apiKey} />
        </div>
        {description && (
          <small class="description cut" title={description} dir="auto">
            {description}
          </small>
        )}
      </td>
      <td data-label="Developer">
        <span class="cut" title={developerName}>
          <bdi>{developerName}</bdi>
        </span>
      </td>
      <td data-label="Category">{categoryName}</td>
      <td data-label="App key" class="mono">
        {apiKey.client.identifier}
      </td>
      <td data-label="Created" class="date">
        {dateAndTime(apiKey.createdAt)}
      </td>
      <td data-label="Last used" class="date">
        {apiKey.lastUsedAt === null ? "never" : dateAndTime(apiKey.lastUsedAt)}
      </td>
    </tr>
  );
}

/** Marks a key that is disabled, that ends soon or has ended, or that is an example. */
export function KeyMarks({ apiKey }: { readonly apiKey: ApiKey }) {
  return (
    <>
      {!apiKey.enabled && <span class="source disabled">disabled</span>}
      <ExpiryMark expiresAt={apiKey.expiresAt} />
      {apiKey.isExample && (
        <span class="source example" title="The console created this key at its first start">
          example
        </span>
      )}
    </>
  );
}
