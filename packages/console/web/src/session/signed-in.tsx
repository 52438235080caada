import type { ComponentChildren } from "preact";
import { useSession } from "./session.js";
import { SignIn } from "./sign-in.js";

/** What is inside, for those who are signed in; the sign-in page for all others. */
export function SignedIn({ children }: { readonly children: ComponentChildren }) {
  const { session } = useSession();
  if (session === undefined) return <p aria-busy="true">Loading</p>;
  return session === null ? <SignIn /> : children;
}
