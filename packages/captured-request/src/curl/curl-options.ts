/** An option of curl. */
export interface CurlOption {
  /** The long name, without hyphens. */
  readonly name: string;
  readonly takesValue: boolean;
}

/** The option with a long name; `undefined` where curl has none for HTTP. */
export function longOption(name: string): CurlOption | undefined {
  if (WITH_VALUE.has(name)) return { name, takesValue: true };
  if (FLAGS.has(name)) return { name, takesValue: false };
  return undefined;
}

/** `--no-name`, for an option that has no effect on the request. */
export function negatedOption(name: string): CurlOption | undefined {
  const negated = name.startsWith("no-") ? name.slice("no-".length) : "";
  return FLAGS.has(negated) && !EFFECTIVE.has(negated) ? { name, takesValue: false } : undefined;
}

/** The option with a letter; `undefined` where curl has none for HTTP. */
export function shortOption(letter: string): CurlOption | undefined {
  const name = SHORT.get(letter);
  return name === undefined ? undefined : longOption(name);
}

/** Options that can make another request of it than the command shows. */
export const UNREAD: ReadonlySet<string> = new Set(
  `anyauth aws-sigv4 config continue-at crlf digest etag-compare help hsts manual negotiate netrc
  netrc-file netrc-optional next ntlm ntlm-wb proto-default time-cond upload-file variable
  version`.split(/\s+/),
);

/** Options without a value that are read. */
const EFFECTIVE = new Set(["form-escape", "get", "globoff", "head", "path-as-is"]);

/** Options of curl 8 for HTTP that take a value. */
const WITH_VALUE = new Set(
  `abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config
  connect-timeout connect-to continue-at cookie cookie-jar create-file-mode crlfile curves data
  data-ascii data-binary data-raw data-urlencode dns-interface dns-ipv4-addr dns-ipv6-addr
  dns-servers doh-url dump-header ech etag-compare etag-save expect100-timeout form form-string
  happy-eyeballs-timeout-ms haproxy-clientip header help hsts interface ip-tos json
  keepalive-cnt keepalive-time key key-type libcurl limit-rate local-port max-filesize
  max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max
  parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy
  proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header
  proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-tls13-ciphers proxy-tlsauthtype
  proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 range rate referer request request-target
  resolve retry retry-delay retry-max-time sigalgs socks4 socks4a socks5 socks5-hostname
  speed-limit speed-time ssl-sessions stderr time-cond tls-max tls13-ciphers tlsauthtype
  tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file url url-query user
  user-agent variable vlan-priority write-out`.split(/\s+/),
);

/** Options of curl 8 for HTTP that take none. */
const FLAGS = new Set(
  `anyauth basic ca-native cert-status compressed create-dirs crlf digest disable
  disallow-username-in-url doh-cert-status doh-insecure dump-ca-embed fail fail-early
  fail-with-body false-start follow form-escape get globoff haproxy-protocol head http0.9
  http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include
  insecure ipv4 ipv6 junk-session-cookies location location-trusted manual mptcp negotiate netrc
  netrc-optional next no-alpn no-buffer no-clobber no-keepalive no-progress-meter no-sessionid
  ntlm ntlm-wb out-null parallel parallel-immediate path-as-is post301 post302 post303
  progress-bar proxy-anyauth proxy-basic proxy-ca-native proxy-digest proxy-http2 proxy-insecure
  proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1
  proxytunnel raw remote-header-name remote-name remote-name-all remote-time remove-on-error
  retry-all-errors retry-connrefused show-error show-headers silent skip-existing ssl
  ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort
  styled-output suppress-connect-headers tcp-fastopen tcp-nodelay tls-earlydata tlsv1 tlsv1.0
  tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time verbose version xattr`.split(/\s+/),
);

const SHORT = new Map(
  `0 http1.0 1 tlsv1 4 ipv4 6 ipv6 A user-agent b cookie c cookie-jar C continue-at d data
  D dump-header e referer E cert f fail F form g globoff G get h help H header i include I head
  j junk-session-cookies J remote-header-name k insecure K config L location m max-time M manual
  n netrc N no-buffer o output O remote-name p proxytunnel q disable r range R remote-time
  s silent S show-error T upload-file u user U proxy-user v verbose V version w write-out
  x proxy X request y speed-time Y speed-limit z time-cond Z parallel # progress-bar : next`
    .match(/\S+ \S+/g)
    ?.map((pair) => pair.split(" ") as [string, string]),
);
