import type { ComponentChildren } from "preact";
import { useSession } from "../session/session.js";

interface Props {
  readonly title: string;
  /** What only they manage. Default: members. */
  readonly what?: string;
  readonly children: ComponentChildren;
}

/** Shows its children to administrators, and the reason to others. The server decides. */
export function OnlyAdministrators({ title, what = "members", children }: Props) {
  const { session } = useSession();
  if (session?.mayManageUsers) return <>{children}</>;
  return (
    <section class="page">
      <h1>{title}</h1>
      <p role="alert" class="problem">
        Your role ({session?.user.role}) cannot manage {what}. Ask an administrator.
      </p>
    </section>
  );
}
