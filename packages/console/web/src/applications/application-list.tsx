import type { Application, ApplicationList } from "@oauth1/api-keys/admin";
import { useEffect, useState } from "preact/hooks";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { Problem } from "../components/problem.js";
import { publicPath } from "../public-path.js";
import { useApi, useSession } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { OwnAccess } from "./own-access.js";

/** The applications of the account, and those that the user has granted access. */
export default function ApplicationsPage() {
  return (
    <SignedIn>
      <Applications />
    </SignedIn>
  );
}

function Applications() {
  const { session } = useSession();
  const mayManage = session?.mayManageUsers ?? false;
  return (
    <section class="page">
      <div class="title-row">
        <div>
          <h1>Connected applications</h1>
          <p class="lead">
            A registered application can ask the users of {session?.account.name} for access to
            their accounts.
          </p>
        </div>
        {mayManage && (
          <a class="button fit" href="/applications/new">
            Register application
          </a>
        )}
      </div>
      {mayManage && <Registered />}
      <OwnAccess />
    </section>
  );
}

function Registered() {
  const ask = useApi();
  const [list, setList] = useState<ApplicationList>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    ask<ApplicationList>("/applications").then(setList, (error: Error) =>
      setProblem(error.message),
    );
  }, [ask]);
  return (
    <>
      <Problem message={problem} />
      {list === undefined && problem === undefined && <p aria-busy="true">Loading…</p>}
      {list?.applications.length === 0 && (
        <p>
          No application is registered yet. Register one, and give its developer the client
          credentials.
        </p>
      )}
      {list && list.applications.length > 0 && (
        <ApplicationTable applications={list.applications} />
      )}
      <p class="lead addresses">
        Developers find the addresses for their application at{" "}
        {/* It is not a page of this application. */}
        <a href="/oauth" target="_blank" rel="noreferrer">
          {location.origin}
          {publicPath}/oauth<span class="unseen"> (opens in a new tab)</span>
        </a>
        .
      </p>
    </>
  );
}

function ApplicationTable({ applications }: { readonly applications: readonly Application[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section class="table-scroll" aria-label="Applications" tabIndex={0}>
      <table class="cards applications">
        <thead>
          <tr>
            <th scope="col">Application</th>
            <th scope="col">Developer</th>
            <th scope="col">Callbacks</th>
            <th scope="col">Registered</th>
          </tr>
        </thead>
        <tbody>
          {applications.map((application) => (
            <tr key={application.id}>
              <td>
                <a href={`/applications/${application.id}`}>
                  <bdi>{application.applicationName}</bdi>
                </a>
                {!application.enabled && <span class="source disabled">disabled</span>}
              </td>
              <td data-label="Developer">
                <bdi>{application.developerName}</bdi>
              </td>
              <td data-label="Callbacks">
                <Callbacks callbacks={application.callbacks} />
              </td>
              <td data-label="Registered" class="date">
                {dateAndTime(application.createdAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The first callback. The page of the application shows all. */
function Callbacks({ callbacks }: { readonly callbacks: readonly string[] }) {
  const [first = "", ...others] = callbacks;
  return (
    <>
      <span class="mono callback" title={first}>
        {first}
      </span>
      {others.length > 0 && <small class="description">and {others.length} more</small>}
    </>
  );
}
