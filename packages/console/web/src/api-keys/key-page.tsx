import type { ApiKey, Catalogue } from "@oauth1/api-keys";
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useTitle } from "../components/page-title.js";
import { Problem } from "../components/problem.js";
import { useApi, useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { dateAndTime } from "./date-and-time.js";
import { KeyMarks } from "./key-table.js";
import { listAddress } from "./list-address.js";
import { History } from "./sections/history.js";
import { Identifiers } from "./sections/identifiers.js";
import { Privileges } from "./sections/privileges.js";
import { Rotation } from "./sections/rotation.js";
import { Status } from "./sections/status.js";
import { ExpiryNotice } from "./usage/expiry.js";
import { KeyUse } from "./usage/key-use.js";

/** The sections of the page, in their order. */
const SECTIONS = [
  ExpiryNotice,
  Identifiers,
  KeyUse,
  Privileges,
  Status,
  Rotation,
  History,
] as const;

/** One key: its privileges, status, secrets and history. */
export default function KeyPage() {
  return (
    <SignedIn>
      <OneKey />
    </SignedIn>
  );
}

function OneKey() {
  const { keyId = "" } = useRoute().params;
  const path = `/keys/${encodeURIComponent(keyId)}`;
  const ask = useApi();
  const { session } = useSession();
  const [key, setKey] = useState<ApiKey>();
  const [catalogue, setCatalogue] = useState<Catalogue>();
  const [problem, setProblem] = useState<string>();
  useTitle(key?.applicationName ?? "API key");

  useEffect(() => {
    const complain = (error: Error) => setProblem(error.message);
    ask<ApiKey>(path).then(setKey, complain);
    ask<Catalogue>("/catalogue").then(setCatalogue, complain);
  }, [ask, path]);

  const isLoading = problem === undefined && (key === undefined || catalogue === undefined);
  return (
    <section class="page narrow">
      <p>
        <a href={listAddress()}>API keys</a>
      </p>
      <h1>
        <bdi>{key?.applicationName ?? "API key"}</bdi> {key && <KeyMarks apiKey={key} />}
      </h1>
      <Problem message={problem} />
      {isLoading && <p aria-busy="true">Loading…</p>}
      {key && (
        <p class="lead">
          Created {dateAndTime(key.createdAt)}, edited {dateAndTime(key.editedAt)}.
          {key.isExample &&
            " The console created this key at its first start, for the curl command that it prints."}
        </p>
      )}
      {key &&
        catalogue &&
        SECTIONS.map((Section) => (
          <Section
            key={Section.name}
            apiKey={key}
            catalogue={catalogue}
            mayChange={session?.mayManageKeys ?? false}
            path={path}
            onKey={setKey}
          />
        ))}
    </section>
  );
}
