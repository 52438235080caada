import type { ApplicationWithCredentials } from "@oauth1/api-keys/admin";
import { envFileName } from "../api-keys/snippets.js";
import { CopyButton } from "../components/copy-button.js";
import { SecretsDialog } from "../components/secrets-dialog.js";
import { publicPath } from "../public-path.js";

interface Props {
  readonly title: string;
  readonly created: ApplicationWithCredentials;
  /** A message about another action that failed. */
  readonly problem?: string | undefined;
  readonly onClose: () => void;
}

/** Shows the client credentials of an application once, and where it gets tokens. */
export function ClientCredentialsDialog({ title, created, problem, onClose }: Props) {
  const { application, credentials } = created;
  const { identifier, sharedSecret } = credentials.client;
  const base = `${location.origin}${publicPath}/oauth`;
  return (
    <SecretsDialog
      title={title}
      lead={
        <>
          These are the client credentials of{" "}
          <strong>
            <bdi>{application.applicationName}</bdi>
          </strong>
          . Give them to its developer over a safe channel. You won't be able to see the secret
          again.
        </>
      }
      values={[
        ["Consumer key", identifier],
        ["Consumer secret", sharedSecret],
      ]}
      env={{
        name: envFileName(application),
        text: `# ${application.applicationName}: consumer key and secret
OAUTH1_CLIENT_IDENTIFIER=${identifier}
OAUTH1_CLIENT_SHARED_SECRET=${sharedSecret}
`,
      }}
      problem={problem}
      onClose={onClose}
    >
      <h3>Addresses</h3>
      <dl class="four-values">
        {Object.entries({
          "Temporary credentials": `${base}/initiate`,
          Authorization: `${base}/authorize`,
          "Token credentials": `${base}/token`,
        }).map(([name, address]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{address}</code>
              <CopyButton text={address} what={`the address of ${name}`} />
            </dd>
          </div>
        ))}
      </dl>
    </SecretsDialog>
  );
}
