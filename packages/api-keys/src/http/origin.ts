/** Where the server is reached from outside: `https://keys.example.com`. */
export interface ServerAddress {
  /** Scheme, host and port. That of each request's own URL where left out. */
  readonly publicOrigin?: string | undefined;
}

/** The origin that a request was sent to. */
export function originOf({ publicOrigin }: ServerAddress, request: Request): string {
  return new URL(publicOrigin ?? request.url).origin;
}

/** Whether cookies are for https only. */
export function isSecure(address: ServerAddress, request: Request): boolean {
  return originOf(address, request).startsWith("https:");
}
