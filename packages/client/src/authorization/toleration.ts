/**
 * Deviations from the specifications that are tolerated in a response, because it can still be read
 * in only one way.
 */
export type TolerationKind =
  /** A status code of success other than 200. */
  | "status"
  /** A content type other than `application/x-www-form-urlencoded`. */
  | "content-type"
  /** A JSON object instead of a form. */
  | "json"
  /** A byte order mark before the form. */
  | "byte-order-mark"
  /** White space around the form, for example a line break at the end. */
  | "surrounding-white-space"
  /** `&amp;` between the parameters. */
  | "html-escaped-separators"
  /** Characters in a value that a form escapes: a second `=`, `/`, a letter with an accent. */
  | "unescaped-characters"
  /**
   * A raw `+` in credentials. It is read as a space, as in any form, though the server may mean a
   * plus.
   */
  | "plus-read-as-space"
  /** A repeated parameter with the same value. */
  | "repeated-parameter"
  /** An optional parameter that cannot be read. It is ignored. */
  | "unreadable-parameter"
  /** `oauth_callback_confirmed` in a spelling other than `true`. */
  | "callback-confirmed-spelling"
  /** A challenge that deviates from RFC 5849 §3.5.1, for example values without quotes. */
  | "challenge-syntax"
  /** A problem report with a status code of success. */
  | "problem-with-success";

/** One tolerated deviation. */
export interface Toleration {
  readonly kind: TolerationKind;
  /** The parameter, if the deviation is about one. */
  readonly parameter?: string;
}
