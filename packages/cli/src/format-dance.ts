import { printableLine } from "@oauth1/printable";
import type { Colours } from "./colours.js";
import type { DanceEvent, Exchange } from "./dance.js";

/** Formats what happens in a dance for people. */
export function danceFormatter(c: Colours): (event: DanceEvent) => string {
  let number = 0;
  const heading = (title: string, section: string) =>
    `\n${c.bold(`${++number}  ${title}`)}  ${c.dim(section)}`;
  return (event) => {
    switch (event.type) {
      case "listening": {
        const { description, client, callback } = event;
        return lines([
          `Provider  ${description}`,
          `Client    ${client.identifier}, shared-secret ${client.sharedSecret}`,
          `Callback  ${callback}`,
        ]);
      }
      case "exchange":
        return `${heading(TITLES[event.step], event.section)}\n${exchangeLines(event, c)}`;
      case "authorization":
        return `${heading("Authorization", event.section)}\n${lines(
          ["Open this address in a browser, sign in, and choose Allow or Deny:", event.url],
          "   ",
        )}`;
      case "returned":
        return lines(["The browser returned to the client:", event.url], "   ");
      case "revocation":
        return `\n${lines([`${event.resourceOwner} revokes the token ${event.token}.`])}`;
    }
  };
}

const TITLES: Readonly<Record<Exchange["step"], string>> = {
  "temporary credentials": "Temporary credentials",
  "token credentials": "Token credentials",
  "protected resource": "Protected resource",
};

function exchangeLines({ request, response }: Exchange, c: Colours): string {
  const { method, url, authorization, baseString } = request;
  const { status, challenge, body } = response;
  const answer = [`< ${status}`];
  if (challenge !== null) answer.push(`< WWW-Authenticate: ${challenge}`);
  if (body !== "") answer.push(`< ${body}`);
  return [
    lines([`> ${method} ${url}`, `> Authorization: ${authorization}`], "   "),
    `   ${c.dim("base string")}\n${lines([baseString], "   ")}`,
    (status < 400 ? c.green : c.red)(lines(answer, "   ")),
  ].join("\n");
}

function lines(texts: readonly string[], indent = ""): string {
  return texts.map((text) => indent + printableLine(text)).join("\n");
}
