// Measures Fastify and Hono with and without the verifier, on loopback: requests per second, and
// whether each response is correct. Writes docs/load.md, except its section about the console.
import { parseArgs } from "node:util";
import { writePage } from "./load-page.mjs";
import { measuredOn } from "./measured-on.mjs";
import {
  CONNECTIONS,
  hasCores,
  measureServers,
  median,
  PIPELINED,
  WRONG_EVERY,
} from "./server-load.mjs";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "200000" },
    rounds: { type: "string", default: "5" },
  },
});
const ROUNDS = Number(values.rounds);
const REQUESTS_A_ROUND = Math.ceil(Number(values.requests) / ROUNDS);

const candidates = await measureServers(["Fastify", "Hono"], {
  rounds: ROUNDS,
  requests: REQUESTS_A_ROUND,
});
const page = pageOf();
writePage(page);
console.log(page);
if (candidates.some(({ errors }) => errors > 0)) process.exitCode = 1;

function pageOf() {
  const rows = candidates.map(({ framework, verified, rates, costs, errors }, index) => {
    const open = candidates[index - 1];
    const ratio =
      verified && open ? `${((100 * median(rates)) / median(open.rates)).toFixed(0)} %` : "";
    const cost = median(costs).toFixed(1);
    const total = (REQUESTS_A_ROUND * ROUNDS).toLocaleString("en");
    return `| ${framework} | ${verified ? "yes" : "no"} | ${total} | ${median(rates).toFixed(0)} | ${ratio} | ${cost} | ${errors} |`;
  });
  return `# The cost of verifying under load

\`npx pnpm --filter @oauth1/benchmarks bench:load\` writes this page. It shows how much the verifier costs in a server.

A server and a client run in separate processes, over loopback: ${CONNECTIONS} connections with ${PIPELINED} concurrent request
each${hasCores ? ", each process on its own core" : ""}. Every request is a GET with a token, signed with HMAC-SHA1 and a unique nonce before the
clock starts. One in ${WRONG_EVERY} is signed with another secret. The verifier uses the memory store of nonces, and
the client checks the status of each response. It also sends the same requests to the same server without the
verifier. The handler sends 13 bytes of JSON, \`{"photos":[]}\`. In a handler that does more, the verifier takes a smaller
share of the time. The rates are medians of ${ROUNDS} rounds, in which the four servers alternate.

If the client, or another program, limits the rate, the server's processor time per request shows the cost of the
verifier. It includes system calls. Over loopback, these include work of the receiver.

${measuredOn}

| framework | verifier | requests | per second | relative to no verifier | server, µs per request | wrong responses |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}
`;
}
