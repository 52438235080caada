import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.js";
import { requireFolder } from "./installed.js";
import { startServer, type TestServer } from "./test-server.js";

/**
 * Starts an `nginx` over http.
 *
 * @param locations - The `location` blocks of its only server.
 * @throws Error if `nginx` is not installed, or does not start.
 */
export async function startNginx(locations: string): Promise<TestServer> {
  const program = join(requireFolder("nginx"), "nginx");
  const folder = await mkdtemp(join(tmpdir(), "oauth1-nginx-"));
  const port = await freePort();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(" ");
  await writeFile(
    join(folder, "nginx.conf"),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr notice;
events {}
http { access_log off; ${temporary} server { listen 127.0.0.1:${port}; ${locations} } }
`,
  );
  return await startServer({
    url: `http://127.0.0.1:${port}`,
    folder,
    program,
    arguments: ["-e", "stderr", "-c", join(folder, "nginx.conf")],
    ready: /using the "\w+" event method/,
    stopSignal: "SIGTERM",
  });
}
