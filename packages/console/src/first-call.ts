import {
  type ApiKey,
  createKey,
  FIRST_START,
  type Installation,
  keyCredentialStore,
  listKeys,
} from "@oauth1/api-keys";
import { curlCommand } from "@oauth1/client/curl";
import { createSigner } from "@oauth1/signer";

const APPLICATION_NAME = "First call";

/**
 * Returns a signed curl command that shows a new user a verified request. Its key is created at the
 * first start. Returns `undefined` if that key was disabled or renamed.
 *
 * @param url - The address of the console, with its public path.
 */
export async function firstCall(
  installation: Installation,
  accountId: string,
  url: string,
): Promise<string | undefined> {
  const key = await firstKey(installation, accountId);
  if (key === undefined) return undefined;
  const { client, token } = await keyCredentialStore(installation).find(
    key.client.identifier,
    key.token.identifier,
  );
  const clientSecret = client?.sharedSecrets?.[0];
  const tokenSecret = token?.sharedSecrets[0];
  if (clientSecret === undefined || tokenSecret === undefined) return undefined;
  const signer = createSigner({
    client: { identifier: key.client.identifier, sharedSecret: clientSecret },
    token: { identifier: key.token.identifier, sharedSecret: tokenSecret },
  });
  const path = `/api/account/${accountId}/echo/${key.category}/${key.permissions[0]}`;
  const method = accessOf(installation, key) === "invoke" ? "POST" : "GET";
  return curlCommand(signer.sign({ method, url: `${url}${path}` }));
}

async function firstKey(
  installation: Installation,
  accountId: string,
): Promise<ApiKey | undefined> {
  const { keys, limit } = await listKeys(installation, accountId, { search: APPLICATION_NAME });
  if (limit.used > 0) {
    // Other keys can have the same name.
    return keys.find(
      (key) => key.isExample && key.enabled && key.applicationName === APPLICATION_NAME,
    );
  }
  const [category] = installation.catalogue.categories;
  const [permission] = category?.permissions ?? [];
  if (category === undefined || permission === undefined) return undefined;
  const { key } = await createKey(installation, accountId, FIRST_START, {
    applicationName: APPLICATION_NAME,
    developerName: "The console",
    description: "Created at the first start for the curl command that the console prints",
    category: category.id,
    permissions: [permission.id],
  });
  return key;
}

/**
 * Returns whether the key's permission is to read or to invoke, which determines the HTTP
 * method.
 */
function accessOf({ catalogue }: Installation, { permissions }: ApiKey): string | undefined {
  const all = catalogue.categories.flatMap((category) => category.permissions);
  return all.find(({ id }) => id === permissions[0])?.access;
}
