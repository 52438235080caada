import { CopyButton } from "../../components/copy-button.js";
import type { KeySectionProps } from "./key-section.js";

/** The two values of a key that are not secret. */
export function Identifiers({ apiKey }: KeySectionProps) {
  return (
    <dl class="four-values">
      <Identifier name="App key" value={apiKey.client.identifier} />
      <Identifier name="Access token" value={apiKey.token.identifier} />
    </dl>
  );
}

function Identifier({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
        <CopyButton text={value} what={name} />
      </dd>
    </div>
  );
}
