// In every bundle for `node:module`: the suite reads the version of @oauth1/signer by it, and next
// to a bundle there are no packages.
import version from "bundled:signer-version";

export function createRequire(): (specifier: string) => { readonly version: string } {
  return (specifier) => {
    if (specifier !== "@oauth1/signer/package.json") throw new Error(`not bundled: ${specifier}`);
    return { version };
  };
}
