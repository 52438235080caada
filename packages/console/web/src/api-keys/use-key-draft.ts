import { useState } from "preact/hooks";
import { ConsoleProblem, type FieldFault } from "../session/console-api.js";
import { differences, faultsOf, fieldsOf, isSame, type KeyFields, LABELS } from "./key-fields.js";

/** What somebody has entered into the form of a key, and its errors. */
export interface KeyDraft {
  readonly fields: KeyFields;
  /** Changes some fields. A category gets the permissions back that were selected before in it. */
  readonly change: (part: Partial<KeyFields>) => void;
  /** True if the fields differ from the saved ones. */
  readonly isChanged: boolean;
  readonly faults: readonly FieldFault[];
  /** What is wrong with the whole form. */
  readonly problem: string | undefined;
  readonly isBusy: boolean;
  /** The number of attempts to save that a wrong field has prevented. */
  readonly rejections: number;
  /** Checks the fields and saves them. */
  readonly submit: () => Promise<void>;
}

/**
 * Keeps what somebody enters. An error of a field disappears as soon as the field is right.
 *
 * @param saved - The saved fields.
 * @param save - Saves the fields. If it throws, the draft shows the error.
 */
export function useKeyDraft(
  saved: KeyFields,
  save: (fields: KeyFields) => Promise<void>,
): KeyDraft {
  const [fields, setFields] = useState<KeyFields>(saved);
  const [selected, setSelected] = useState<Readonly<Record<string, readonly string[]>>>({});
  const [rejected, setRejected] = useState<{ fields: KeyFields; faults: readonly FieldFault[] }>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [rejections, setRejections] = useState(0);

  const change = (part: Partial<KeyFields>) => {
    setProblem(undefined);
    setSelected((before) => ({ ...before, [fields.category]: fields.permissions }));
    const { category } = part;
    const permissions = category === undefined ? undefined : (selected[category] ?? []);
    setFields((before) => ({ ...before, ...(permissions && { permissions }), ...part }));
  };
  const reject = (faults: readonly FieldFault[]) => {
    setRejected({ fields, faults });
    setRejections((count) => count + 1);
  };
  const submit = async () => {
    const found = faultsOf(fields);
    setProblem(undefined);
    setRejected(undefined);
    if (found.length > 0) return reject([]);
    setBusy(true);
    try {
      await save(fieldsOf(fields));
    } catch (error) {
      if (error instanceof ConsoleProblem && error.faults.length > 0) reject(inWords(error.faults));
      else setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return {
    fields,
    change,
    isChanged: differences(fields, saved).length > 0,
    faults: rejected === undefined ? [] : stillWrong(fields, rejected),
    problem,
    isBusy,
    rejections,
    submit,
  };
}

/** The page checks its own rules at each change, and the server's errors stay until a change. */
function stillWrong(
  fields: KeyFields,
  rejected: { readonly fields: KeyFields; readonly faults: readonly FieldFault[] },
): FieldFault[] {
  const unchanged = rejected.faults.filter(({ path }) => {
    const name = path.split("/")[1] as keyof KeyFields;
    return isSame(name, fields, rejected.fields);
  });
  return [...faultsOf(fields), ...unchanged];
}

/** The server's messages continue a name: "must be one line". */
function inWords(faults: readonly FieldFault[]): FieldFault[] {
  return faults.map(({ path, message }) => {
    const label = LABELS[path.split("/")[1] as keyof KeyFields] ?? "The input";
    return { path, message: `${label}: ${message}.` };
  });
}
