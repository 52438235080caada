export { freePort } from "./free-port.js";
export { isMissing } from "./installed.js";
export { startNginx } from "./nginx.js";
export { startPostgres } from "./postgres.js";
export { startRedis } from "./redis.js";
export { type RedisCluster, type RedisClusterOptions, startRedisCluster } from "./redis-cluster.js";
export { type RedisSentinel, startRedisSentinel } from "./redis-sentinel.js";
export type { TestServer, TestServerOptions } from "./test-server.js";
export { type ProxyName, type ProxyPlace, startTlsProxy, type TlsProxy } from "./tls-proxy.js";
