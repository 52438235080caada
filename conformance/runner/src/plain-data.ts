import { LONGEST_TEXT, shortened } from "./shortened.js";

/** The maximum depth, number of values and number of characters of the data of a result. */
const DEEPEST = 20;
const MOST_VALUES = 2000;
const MOST_CHARACTERS = 20_000;

/** The replacement of a value that is cut. */
const CUT = "… [cut]";

interface Room {
  values: number;
  characters: number;
}

/**
 * Converts any value of an implementation to JSON data: octets become base64, values that JSON
 * omits become null, and other values without a JSON form become text. Values that are long,
 * deep or cyclic are cut, with a mark.
 */
export function plainData(value: unknown): unknown {
  try {
    return plain(value, { values: MOST_VALUES, characters: MOST_CHARACTERS }, 0);
  } catch {
    // The object's members throw when they are read.
    return "… [cannot be read]";
  }
}

function plain(value: unknown, room: Room, depth: number): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object") return text(String(value), room);
  if (value instanceof Uint8Array) {
    return { octets: text(Buffer.from(value).toString("base64"), room) };
  }
  if (depth === DEEPEST) return CUT;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      if (room.values-- <= 0) return [...items, CUT];
      items.push(plain(item, room, depth + 1));
    }
    return items;
  }
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    if (room.values-- <= 0) {
      members.push(["…", CUT]);
      break;
    }
    members.push([text(name, room), plain(member, room, depth + 1)]);
  }
  return Object.fromEntries(members);
}

function text(whole: string, room: Room): string {
  const shown = shortened(whole, Math.min(LONGEST_TEXT, room.characters));
  room.characters = Math.max(0, room.characters - whole.length);
  return shown;
}
