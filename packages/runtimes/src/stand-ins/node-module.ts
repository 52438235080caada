// Replaces `node:module` in every bundle: the suite uses it to read the version of @oauth1/signer,
// and there are no packages next to a bundle.
import version from "bundled:signer-version";

export function createRequire(): (specifier: string) => { readonly version: string } {
  return (specifier) => {
    if (specifier !== "@oauth1/signer/package.json") throw new Error(`not bundled: ${specifier}`);
    return { version };
  };
}
