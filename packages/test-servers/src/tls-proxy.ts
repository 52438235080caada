import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port.js";
import { requireFolder } from "./installed.js";
import { startServer, type TestServer } from "./test-server.js";

/** The proxies that can be started. */
export type ProxyName = "nginx" | "caddy" | "haproxy";

/** The values that a configuration needs. */
export interface ProxyPlace {
  /** The port to listen on. */
  readonly port: number;
  /** A folder for the proxy's files. */
  readonly folder: string;
  /** Files of a self-signed certificate for `localhost`, in the PEM format. */
  readonly certificate: string;
  readonly key: string;
  /** Both in one file. */
  readonly certificateAndKey: string;
}

/** A proxy that terminates TLS. */
export interface TlsProxy extends TestServer {
  /** The certificate to trust, in the PEM format. */
  readonly certificate: string;
}

/**
 * Starts a proxy for `https://localhost`.
 *
 * @param configurationOf - Returns the configuration, in the proxy's own language. For nginx these
 * are the contents of its `http` block.
 * @throws Error if the proxy is not installed, or does not start.
 */
export async function startTlsProxy(
  name: ProxyName,
  configurationOf: (place: ProxyPlace) => string,
): Promise<TlsProxy> {
  const program = join(requireFolder(name), name);
  const folder = await mkdtemp(join(tmpdir(), `oauth1-${name}-`));
  const port = await freePort();
  const place = { port, folder, ...(await selfSignedCertificate(folder)) };
  const file = join(folder, "configuration");
  const { frame, ...way } = WAYS[name];
  await writeFile(file, frame(configurationOf(place), folder));
  const server = await startServer({
    url: `https://localhost:${port}`,
    folder,
    program,
    arguments: way.arguments(file),
    ready: way.ready,
    stopSignal: "SIGTERM",
  });
  return { ...server, certificate: await readFile(place.certificate, "utf8") };
}

/** How to run each proxy in the foreground, with its files in the folder. */
const WAYS: Record<
  ProxyName,
  {
    readonly frame: (configuration: string, folder: string) => string;
    readonly arguments: (file: string) => string[];
    readonly ready: RegExp;
  }
> = {
  nginx: {
    frame: (configuration, folder) => {
      const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
        .join(" ");
      return `daemon off; master_process off; pid ${folder}/pid; error_log stderr notice;
events {}
http { access_log off; ${temporary}
${configuration}
}
`;
    },
    arguments: (file) => ["-e", "stderr", "-c", file],
    ready: /using the "\w+" event method/,
  },
  caddy: {
    frame: (configuration, folder) => `{
  admin off
  auto_https disable_redirects
  skip_install_trust
  storage file_system ${folder}/caddy
}
${configuration}
`,
    arguments: (file) => ["run", "--adapter", "caddyfile", "--config", file],
    ready: /serving initial configuration/,
  },
  haproxy: {
    frame: (configuration) => `${configuration}\n`,
    arguments: (file) => ["-W", "-db", "-f", file],
    ready: /Loading success/,
  },
};

async function selfSignedCertificate(folder: string) {
  const certificate = join(folder, "certificate.pem");
  const key = join(folder, "key.pem");
  const certificateAndKey = join(folder, "certificate-and-key.pem");
  await promisify(execFile)("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
    ...["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"],
    ...["-keyout", key, "-out", certificate],
  ]);
  const both = await Promise.all([certificate, key].map((file) => readFile(file, "utf8")));
  await writeFile(certificateAndKey, both.join(""));
  return { certificate, key, certificateAndKey };
}
