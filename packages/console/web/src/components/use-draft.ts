import { useState } from "preact/hooks";
import { ConsoleProblem, type FieldFault } from "../session/console-api.js";

/** The rules of a form: what its fields are called, and when they are right. */
export interface FormRules<Fields extends object> {
  /** The names of the fields on the page. */
  readonly labels: Readonly<Record<keyof Fields, string>>;
  /** Returns the fields as the server stores them. */
  readonly stored: (fields: Fields) => Fields;
  /** Finds missing and long values. The server checks the rest. */
  readonly faultsOf: (fields: Fields) => FieldFault[];
}

/** The input of a form, and its errors. */
export interface Draft<Fields extends object> {
  readonly fields: Fields;
  /** Changes some fields. */
  readonly change: (part: Partial<Fields>) => void;
  /** True if the fields differ from the saved ones. */
  readonly isChanged: boolean;
  readonly faults: readonly FieldFault[];
  /** The error of the whole form. */
  readonly problem: string | undefined;
  readonly isBusy: boolean;
  /** The number of attempts to save that a wrong field has prevented. */
  readonly rejections: number;
  /** Checks the fields and saves them. */
  readonly submit: () => Promise<void>;
}

/**
 * Keeps the input. An error of a field disappears as soon as the field is right.
 *
 * @param saved - The saved fields.
 * @param save - Saves the fields. If it throws, the draft shows the error.
 */
export function useDraft<Fields extends object>(
  rules: FormRules<Fields>,
  saved: Fields,
  save: (fields: Fields) => Promise<void>,
): Draft<Fields> {
  const { labels, stored, faultsOf } = rules;
  const [fields, setFields] = useState<Fields>(saved);
  const [rejected, setRejected] = useState<{ fields: Fields; faults: readonly FieldFault[] }>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [rejections, setRejections] = useState(0);

  const change = (part: Partial<Fields>) => {
    setProblem(undefined);
    setFields((before) => ({ ...before, ...part }));
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
      await save(stored(fields));
    } catch (error) {
      if (error instanceof ConsoleProblem && error.faults.length > 0) {
        reject(inWords(error.faults, labels));
      } else setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return {
    fields,
    change,
    isChanged: changedFields(rules, fields, saved).length > 0,
    faults:
      rejected === undefined
        ? []
        : [
            // The page checks its own rules at each change, and the server's errors stay until a change.
            ...faultsOf(fields),
            ...rejected.faults.filter(({ path }) => {
              const name = path.split("/")[1] as keyof Fields;
              return !changedFields(rules, fields, rejected.fields).includes(name);
            }),
          ],
    problem,
    isBusy,
    rejections,
    submit,
  };
}

/** Returns the names of the fields that differ. */
export function changedFields<Fields extends object>(
  { labels, stored }: FormRules<Fields>,
  one: Fields,
  other: Fields,
): (keyof Fields)[] {
  const [first, second] = [stored(one), stored(other)];
  return (Object.keys(labels) as (keyof Fields)[]).filter(
    (name) => JSON.stringify(first[name]) !== JSON.stringify(second[name]),
  );
}

/** The server's messages continue a name: "must be one line". */
function inWords(
  faults: readonly FieldFault[],
  labels: Readonly<Record<string, string>>,
): FieldFault[] {
  return faults.map(({ path, message }) => {
    const label = labels[path.split("/")[1] ?? ""] ?? "The input";
    return { path, message: `${label}: ${message}.` };
  });
}
