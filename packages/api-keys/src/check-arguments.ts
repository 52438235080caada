import { ApiKeysError } from "./api-keys-error.js";
import { isStorable } from "./storable-text.js";

/**
 * Checks arguments of public functions by their names, so that the call itself reports a wrong
 * argument, not the database or a later `TypeError`.
 *
 * @throws ApiKeysError `ERR_ARGUMENT` with the name of the argument and its requirement.
 */
export function checkArguments(values: Readonly<Partial<Record<ArgumentName, unknown>>>): void {
  for (const [name, value] of Object.entries(values)) {
    const [isRight, must] = ARGUMENTS[name as ArgumentName];
    if (!isRight(value)) throw new ApiKeysError("ERR_ARGUMENT", `${name} ${must}`);
  }
}

type ArgumentName = keyof typeof ARGUMENTS;
type Check = readonly [isRight: (value: unknown) => boolean, must: string];

const TEXT: Check = [
  (value) => typeof value === "string" && isStorable(value),
  "must be a string without NUL characters or lone surrogates",
];
const FILE: Check = [
  (value) =>
    (typeof value === "string" && value !== "" && !value.includes("\0")) || value instanceof URL,
  "must be a path or a file: URL",
];

const ARGUMENTS = {
  installation: [
    (value) =>
      isObject(value) &&
      isObject(value["database"]) &&
      isObject(value["keyRing"]) &&
      typeof value["clock"] === "function",
    "must be the installation that openInstallation() resolves to; await it",
  ],
  database: [
    (value) => isObject(value) && "select" in value,
    "must be the database of an installation",
  ],
  accountId: TEXT,
  applicationId: TEXT,
  keyId: TEXT,
  userId: TEXT,
  username: TEXT,
  catalogue: [
    (value) => isObject(value) && Array.isArray(value["categories"]),
    "must be the catalogue of an installation",
  ],
  actor: [
    (value) =>
      isObject(value) &&
      (value["id"] === null || TEXT[0](value["id"])) &&
      TEXT[0](value["name"]) &&
      value["name"] !== "" &&
      (value["address"] === undefined || TEXT[0](value["address"])),
    "must be an object with id, a string or null, and name, a non-empty string; address must be a string",
  ],
  enabled: [(value) => typeof value === "boolean", "must be true or false"],
  permission: [
    (value) => typeof value === "string" && value !== "",
    "must be an identifier of the catalogue",
  ],
  caller: [
    (value) => isObject(value) && Array.isArray(value["permissions"]),
    "must be an object with permissions, an array",
  ],
  allowedAddresses: [
    (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
    "must be an array of IP addresses and ranges",
  ],
  file: FILE,
} as const satisfies Record<string, Check>;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
