export { isMissing } from "./installed.js";
export { startNginx } from "./nginx.js";
export { startPostgres } from "./postgres.js";
export { startRedis } from "./redis.js";
export type { TestServer, TestServerOptions } from "./test-server.js";
