/** The vocabularies of LIS: roles in a context, in an institution, and in the system itself. */
export type LtiRoleScope = "context" | "institution" | "system" | "other";

/** A role of a user. */
export interface LtiRole {
  /**
   * Where the user has the role. An administrator of the institution, for example, is not one of
   * the course. `other` is a role outside the vocabularies of LIS.
   */
  readonly scope: LtiRoleScope;
  /** The role, for example `Instructor`. If the scope is `other`, the text as it was sent. */
  readonly name: string;
  /** The sub-role, for example `GuestInstructor`. */
  readonly subRole: string | undefined;
}

/**
 * Reads `roles`. A role in the vocabularies of LIS is a URN. A simple name is a role in the context
 * (LTI 1.1, "LTI Launch Data"). Names are case-sensitive, as URNs are.
 *
 * @param texts - The items of the list.
 */
export function parseRoles(texts: readonly string[]): LtiRole[] {
  return texts.map((text) => {
    const [, kind = "", handle = text] = LIS_URN.exec(text) ?? [];
    const [, name, subRole] = HANDLE.exec(handle) ?? [];
    if (name === undefined) return { scope: "other", name: text, subRole: undefined };
    return { scope: SCOPES[kind] ?? "context", name, subRole };
  });
}

const LIS_URN = /^urn:lti:(role|instrole|sysrole):ims\/lis\/(.*)$/;

/** Matches a role and an optional sub-role that are not a URI. */
const HANDLE = /^([^/:#]+)(?:\/([^/:#]+))?$/;

const SCOPES: Readonly<Record<string, LtiRoleScope>> = {
  instrole: "institution",
  sysrole: "system",
};
