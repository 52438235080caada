import type { ComponentChildren } from "preact";
import { useSession } from "./session.js";
import { SignIn } from "./sign-in.js";

/** Shows its children to signed-in users, and the sign-in page to others. */
export function SignedIn({ children }: { readonly children: ComponentChildren }) {
  const { session } = useSession();
  if (session === undefined) return <p aria-busy="true">Loading</p>;
  return session === null ? <SignIn /> : children;
}
