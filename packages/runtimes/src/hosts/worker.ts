// workerd: options in the entity-body, the report in the response.
import { run } from "bundled:run";

export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await run(await request.json()));
  },
};
