import type { Application } from "@oauth1/api-keys/admin";
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { dateAndTime } from "../api-keys/date-and-time.js";
import { CopyButton } from "../components/copy-button.js";
import { useTitle } from "../components/page-title.js";
import { Problem } from "../components/problem.js";
import { OnlyAdministrators } from "../members/only-administrators.js";
import { useApi } from "../session/session.js";
import { SignedIn } from "../session/signed-in.js";
import { Access } from "./sections/access.js";
import { Registration } from "./sections/registration.js";
import { Secret } from "./sections/secret.js";
import { Status } from "./sections/status.js";

/** One application: its registration, status, secret, and who has granted it access. */
export default function ApplicationPage() {
  return (
    <SignedIn>
      <OnlyAdministrators title="Application" what="applications">
        <OneApplication />
      </OnlyAdministrators>
    </SignedIn>
  );
}

const SECTIONS = [Registration, Access, Status, Secret] as const;

function OneApplication() {
  const { applicationId = "" } = useRoute().params;
  const path = `/applications/${encodeURIComponent(applicationId)}`;
  const ask = useApi();
  const [application, setApplication] = useState<Application>();
  const [problem, setProblem] = useState<string>();
  useTitle(application?.applicationName ?? "Application");
  useEffect(() => {
    ask<Application>(path).then(setApplication, (error: Error) => setProblem(error.message));
  }, [ask, path]);
  return (
    <section class="page narrow">
      <p>
        <a href="/applications">Connected applications</a>
      </p>
      <h1>
        <bdi>{application?.applicationName ?? "Application"}</bdi>{" "}
        {application?.enabled === false && <span class="source disabled">disabled</span>}
      </h1>
      <Problem message={problem} />
      {application === undefined && problem === undefined && <p aria-busy="true">Loading…</p>}
      {application && (
        <>
          <p class="lead">
            Registered {dateAndTime(application.createdAt)}, edited{" "}
            {dateAndTime(application.editedAt)}.{" "}
            <a href={`/activity?applicationId=${application.id}`}>Its activity</a>
          </p>
          <dl class="four-values">
            <div>
              <dt>Consumer key</dt>
              <dd>
                <code>{application.client.identifier}</code>
                <CopyButton text={application.client.identifier} what="Consumer key" />
              </dd>
            </div>
          </dl>
          {SECTIONS.map((Section) => (
            <Section
              key={Section.name}
              application={application}
              path={path}
              onApplication={setApplication}
            />
          ))}
        </>
      )}
    </section>
  );
}
