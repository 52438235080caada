import type { ComponentChildren } from "preact";
import { useSession } from "../session/session.js";

interface Props {
  readonly title: string;
  readonly children: ComponentChildren;
}

/** Shows its children to administrators, and the reason to others. The server decides. */
export function OnlyAdministrators({ title, children }: Props) {
  const { session } = useSession();
  if (session?.mayManageUsers) return <>{children}</>;
  return (
    <section class="page">
      <h1>{title}</h1>
      <p role="alert" class="problem">
        Your role ({session?.user.role}) cannot manage members. Ask an administrator.
      </p>
    </section>
  );
}
