// workerd: options in the entity-body, the report in the response.
import { run } from "../entry.js";

export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await run((await request.json()) as Parameters<typeof run>[0]));
  },
};
