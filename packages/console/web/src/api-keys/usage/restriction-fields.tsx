import { Field } from "../form-field.js";
import { LABELS } from "../key-fields.js";
import type { KeyDraft } from "../use-key-draft.js";
import { localTime, timeOf } from "./local-time.js";

interface Props {
  readonly draft: KeyDraft;
  readonly isLocked: boolean;
}

/** The allowed addresses and the end of a key. Both are optional. */
export function RestrictionFields({ draft, isLocked }: Props) {
  const { fields, change, faults } = draft;
  const fault = (path: string) => faults.find((candidate) => candidate.path.startsWith(path));
  return (
    <>
      <Field
        label={LABELS.allowedAddresses}
        name="allowedAddresses"
        hint="optional, one IP address or range a line; without any, the key works from everywhere"
        fault={namedLine(fault("/allowedAddresses"), fields.allowedAddresses)}
      >
        {(attributes) => (
          <textarea
            {...attributes}
            class="mono"
            rows={Math.min(8, Math.max(2, fields.allowedAddresses.length + 1))}
            spellcheck={false}
            autocomplete="off"
            placeholder={isLocked ? "" : "192.0.2.0/24"}
            value={fields.allowedAddresses.join("\n")}
            readOnly={isLocked}
            onInput={({ currentTarget: { value } }) =>
              change({ allowedAddresses: value === "" ? [] : value.split(/[\n,]/) })
            }
          />
        )}
      </Field>
      <Field
        label={LABELS.expiresAt}
        name="expiresAt"
        hint="optional, in your time zone; then the key stops working"
        fault={fault("/expiresAt")}
      >
        {(attributes) => (
          <input
            {...attributes}
            type="datetime-local"
            value={fields.expiresAt === null ? "" : localTime(fields.expiresAt)}
            readOnly={isLocked}
            onInput={(event) => change({ expiresAt: timeOf(event.currentTarget.value) })}
          />
        )}
      </Field>
    </>
  );
}

/** Replaces the number of a wrong address in the server's message with the address. */
function namedLine<Fault extends { readonly path: string; readonly message: string }>(
  fault: Fault | undefined,
  addresses: readonly string[],
): Fault | undefined {
  const index = /^\/allowedAddresses\/(\d+)$/.exec(fault?.path ?? "")?.[1];
  const sent = addresses.map((address) => address.trim()).filter((address) => address !== "");
  const address = index === undefined ? undefined : sent[Number(index)];
  return fault && address ? { ...fault, message: `${address}: ${fault.message}` } : fault;
}
