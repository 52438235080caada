/** The person who is signed in to your site (RFC 5849 §1.1). */
export interface ResourceOwner {
  /** Their identifier in your database. */
  readonly identifier: string;
  /** The name that the consent page shows. Default: the identifier. */
  readonly name?: string | undefined;
  /**
   * A secret of their session, such as its identifier in the cookie. The consent page is bound to
   * it, so that another site cannot approve for them.
   */
  readonly session: string;
}
