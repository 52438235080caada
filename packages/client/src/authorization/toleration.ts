/**
 * What is not as the specifications want it in an answer, and was read all the same because there
 * is one way only to read it.
 */
export type TolerationKind =
  /** Another status code than 200 that means success. */
  | "status"
  /** Another content type than `application/x-www-form-urlencoded`. */
  | "content-type"
  /** A JSON object in the place of a form. */
  | "json"
  /** A byte order mark before the form. */
  | "byte-order-mark"
  /** White space round the form: a line break at the end, say. */
  | "surrounding-white-space"
  /** `&amp;` between the parameters. */
  | "html-escaped-separators"
  /** Characters in a value that a form has escaped: a second `=`, `/`, a letter with an accent. */
  | "unescaped-characters"
  /** A raw `+` in credentials: a space, as the rules for forms say, though a plus may be meant. */
  | "plus-read-as-space"
  /** The same parameter with the same value again. */
  | "repeated-parameter"
  /** A parameter that is not needed and cannot be read. It is left out. */
  | "unreadable-parameter"
  /** `oauth_callback_confirmed` in another spelling than `true`. */
  | "callback-confirmed-spelling"
  /** A challenge that is not as RFC 5849 §3.5.1 writes it: values without quotes, say. */
  | "challenge-syntax"
  /** A problem that came with a status code for success. */
  | "problem-with-success";

/** One thing that was tolerated in an answer. */
export interface Toleration {
  readonly kind: TolerationKind;
  /** The parameter in question, where it is one. */
  readonly parameter?: string;
}
