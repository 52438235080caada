/** Temporary credentials (RFC 5849 §2.1), and what the resource owner decided. */
export interface TemporaryCredentials {
  readonly identifier: string;
  readonly sharedSecret: string;
  /** The identifier of the client that they were issued to. */
  readonly client: string;
  /** The registered callback that they are bound to, or `oob`. */
  readonly callback: string;
  readonly expires: Date;
  /** A secret of the server. It binds the consent page to a session, and hashes the code. */
  readonly consentKey: string;
  readonly decision: "pending" | "approved" | "denied";
  /** Who decided. */
  readonly resourceOwner: string | undefined;
  /** The hash of the verification code (§2.2). */
  readonly codeHash: string | undefined;
}

/** What the resource owner decided on the consent page. */
export interface Decision {
  readonly decision: "approved" | "denied";
  readonly resourceOwner: string;
  /** The hash of the verification code, if approved. */
  readonly codeHash: string | undefined;
}

/** Token credentials (RFC 5849 §2.3). */
export interface TokenCredentials extends IssuedToken {
  readonly sharedSecret: string;
  /** The hash of the session handle (Session extension), if the token expires. */
  readonly sessionHandleHash: string | undefined;
}

/** A token as its resource owner sees it. */
export interface IssuedToken {
  readonly identifier: string;
  /** The identifier of the client that it was issued to. */
  readonly client: string;
  readonly resourceOwner: string;
  readonly created: Date;
  /** `undefined` if it does not expire. */
  readonly expires: Date | undefined;
}

/** Stores what a provider issues. Each function is atomic. */
export interface ProviderStore {
  /** Stores new temporary credentials. */
  addTemporaryCredentials(credentials: TemporaryCredentials): Promise<void>;
  /** Returns temporary credentials, also expired ones that are not yet removed. */
  findTemporaryCredentials(identifier: string): Promise<TemporaryCredentials | undefined>;
  /** Stores the first decision. Returns false if there was one before, or nothing to decide. */
  decide(identifier: string, decision: Decision): Promise<boolean>;
  /** Counts one more guess of the verification code. Returns false beyond `most` guesses. */
  spendGuess(identifier: string, most: number): Promise<boolean>;
  /** Removes temporary credentials and adds a token. Does neither if they are gone: false. */
  exchange(temporary: string, token: TokenCredentials): Promise<boolean>;
  /** Returns a token, also an expired one, which can be renewed. */
  findToken(identifier: string): Promise<TokenCredentials | undefined>;
  /** Replaces a token that has this session handle. Returns false if there is none. */
  replaceToken(
    identifier: string,
    sessionHandleHash: string,
    token: TokenCredentials,
  ): Promise<boolean>;
  /** Returns the tokens of a resource owner, oldest first. */
  listTokens(resourceOwner: string): Promise<readonly IssuedToken[]>;
  /** Removes a token. Returns false if the resource owner has no such token. */
  revokeToken(resourceOwner: string, identifier: string): Promise<boolean>;
  /** Removes at most a thousand expired temporary credentials, and returns their number. */
  removeExpired(now: Date): Promise<number>;
}
