import { readFileSync } from "node:fs";
import { parse } from "node:querystring";

/** Thrown if the implementation does not support the request, which is not a failure. */
export class Unsupported extends Error {}

/** Throws unless the condition holds. */
export function support(holds, what) {
  if (!holds) throw new Unsupported(what);
}

/**
 * Speaks the conformance protocol on standard input and output.
 *
 * @param description - Name, version, language, and other members of the answer to `describe`.
 * @param commands - A function for each command, which returns the answer or throws.
 */
export async function serve(description, commands) {
  const known = { ...description, commands: Object.keys(commands), codeUnits: true };
  for await (const line of lines(process.stdin)) {
    const { id, command, codeUnits, ...input } = JSON.parse(line);
    if (codeUnits !== undefined) input.text = String.fromCharCode(...codeUnits);
    if (command === "stop") break;
    const answer = command === "describe" ? known : await answerOf(commands[command], input);
    process.stdout.write(`${JSON.stringify({ id, ...answer })}\n`);
  }
  process.exit();
}

async function answerOf(ask, input) {
  try {
    if (ask === undefined) throw new Unsupported("no such command");
    return await ask(input);
  } catch (error) {
    return error instanceof Unsupported
      ? { unsupported: error.message }
      : { error: String(error?.message ?? error) };
  }
}

/** Lines end only with a line feed. `node:readline` would end them at U+2028 too. */
async function* lines(input) {
  let rest = "";
  for await (const chunk of input.setEncoding("utf8")) {
    const complete = (rest + chunk).split("\n");
    rest = complete.pop();
    yield* complete;
  }
}

/** The package of the library to load: its own name, or the alias of another version. */
export function chosen(name) {
  return process.env.CONFORMANCE_LIBRARY ?? name;
}

/** The version of a package, by its own package.json in the adapter's folder. */
export function versionOf(name) {
  return JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
}

/** Returns true if a version is the first one with a feature, or a later one. */
export function isSince(version, first) {
  return version.localeCompare(first, "en", { numeric: true }) >= 0;
}

/** The protocol parameters of a request to sign, without `oauth_signature`. */
export function protocolParameters(input) {
  const { client, token, signatureMethod, timestamp, nonce, version, callback, verifier } = input;
  return Object.entries({
    oauth_consumer_key: client.identifier,
    oauth_token: token?.identifier,
    oauth_signature_method: signatureMethod,
    oauth_timestamp: timestamp,
    oauth_nonce: nonce,
    oauth_version: version,
    oauth_callback: callback,
    oauth_verifier: verifier,
  }).filter(([, value]) => value !== undefined && value !== null);
}

/** Returns true if a parameter has this name. */
export function given(parameters, name) {
  return parameters.some((parameter) => parameter[0] === name);
}

/** Parameters as an object. A name that occurs more than once has an array of values. */
export function grouped(parameters) {
  const values = new Map();
  for (const [name, value] of parameters) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]),
  );
}

/**
 * A received request as from a server of node:http, with query and form parsed by
 * node:querystring like in Express.
 */
export function received({ method, url, headers, body }) {
  const { protocol, host, path } =
    /^(?<protocol>https?):\/\/(?:[^/?#@]*@)?(?<host>[^/?#]*)(?<path>[^#]*)/i.exec(url)?.groups ??
    {};
  support(path !== undefined, "http and https only");
  const fields = { host };
  for (const [name, folded] of headers) {
    const value = folded.replace(/\r?\n[ \t]+/g, " ");
    const key = name.toLowerCase();
    fields[key] = key in fields && key !== "host" ? `${fields[key]}, ${value}` : value;
  }
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(fields["content-type"] ?? "");
  const query = path.indexOf("?");
  const target = path.startsWith("/") ? path : `/${path}`;
  return {
    method,
    url: target,
    originalUrl: target,
    protocol: protocol.toLowerCase(),
    connection: { encrypted: protocol.toLowerCase() === "https" },
    headers: fields,
    query: query === -1 ? {} : parse(path.slice(query + 1)),
    body: isForm && body !== null ? parse(Buffer.from(body, "base64").toString("utf8")) : {},
  };
}

/**
 * A server that cannot restrict its signature methods is not asked about a request with a
 * method that is not accepted.
 */
export function supportMethodOf({ url, headers, body, signatureMethods }) {
  if (signatureMethods === undefined) return;
  const text = [url, ...headers.flat(), Buffer.from(body ?? "", "base64").toString("utf8")].join(
    "\n",
  );
  const named = [...text.matchAll(/oauth_signature_method\s*=\s*"?([\w%-]+)/g)];
  const isAccepted = named.every(([, name]) => signatureMethods.includes(decodeURIComponent(name)));
  support(isAccepted, "it cannot be told which signature methods to accept");
}
