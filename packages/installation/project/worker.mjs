import { run } from "./sign.mjs";

export default { fetch: async () => Response.json(await run()) };
