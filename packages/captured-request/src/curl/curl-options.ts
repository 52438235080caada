/** An option of curl. */
export interface CurlOption {
  /** The long name, without hyphens. */
  readonly name: string;
  readonly takesValue: boolean;
}

/** The option with a long name; `undefined` if it is unknown. */
export function longOption(name: string): CurlOption | undefined {
  if (WITH_VALUE.has(name)) return { name, takesValue: true };
  if (FLAGS.has(name)) return { name, takesValue: false };
  return undefined;
}

/** `--no-name`, for an option that has no effect on the request. */
export function negatedOption(name: string): CurlOption | undefined {
  const negated = name.replace(/^no-/, "");
  return FLAGS.has(negated) && !EFFECTIVE.has(negated) ? { name, takesValue: false } : undefined;
}

/** The option with a letter; `undefined` if it is unknown. */
export function shortOption(letter: string): CurlOption | undefined {
  return SHORT.get(letter);
}

/** Options that can change the request in a way that the command does not show. */
export const UNREAD: ReadonlySet<string> = new Set(
  `anyauth aws-sigv4 config continue-at digest etag-compare help hsts manual negotiate netrc
  netrc-file netrc-optional next ntlm proto-default time-cond upload-file variable version`.match(
    /\S+/g,
  ),
);

/** Supported options without a value. */
const EFFECTIVE = new Set(["form-escape", "get", "globoff", "head", "path-as-is"]);

/**
 * Common options that take a value. Pages download the list, so it does not contain rare options.
 */
const WITH_VALUE = new Set(
  `aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at cookie cookie-jar
  data data-ascii data-binary data-raw data-urlencode dump-header etag-compare form form-string
  header help hsts json keepalive-time key key-type limit-rate max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer
  output output-dir pinnedpubkey proto proto-default proxy proxy-header proxy-user range referer request request-target
  resolve retry retry-delay retry-max-time socks5 socks5-hostname speed-limit
  speed-time stderr time-cond tls-max trace
  trace-ascii unix-socket upload-file url url-query user user-agent variable write-out`.match(
    /\S+/g,
  ),
);

/** Common options without a value. */
const FLAGS = new Set(
  `anyauth basic compressed create-dirs digest disable fail fail-with-body form-escape get globoff head
  http1.0 http1.1 http2 http2-prior-knowledge http3 include insecure ipv4 ipv6 location
  location-trusted manual negotiate netrc netrc-optional next no-buffer no-keepalive
  no-progress-meter ntlm path-as-is progress-bar proxy-insecure proxytunnel raw
  remote-header-name remote-name remote-time retry-all-errors retry-connrefused sessionid show-error silent ssl ssl-no-revoke ssl-reqd tcp-nodelay
  tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 trace-time verbose version`.match(/\S+/g),
);

const SHORT = new Map(
  `0 http1.0 1 tlsv1 4 ipv4 6 ipv6 A user-agent b cookie c cookie-jar C continue-at d data
  D dump-header e referer E cert f fail F form g globoff G get h help H header i include I head
  J remote-header-name k insecure K config L location m max-time M manual n netrc N no-buffer
  o output O remote-name p proxytunnel q disable r range R remote-time s silent S show-error T upload-file
  u user U proxy-user v verbose V version w write-out x proxy X request z time-cond
  # progress-bar : next`
    .match(/\S \S+/g)
    ?.map((pair) => [pair.charAt(0), longOption(pair.slice(2))] as const),
);
