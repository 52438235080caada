import type { Application } from "@oauth1/api-keys/admin";

/** The properties of every section of an application's page. */
export interface ApplicationSectionProps {
  readonly application: Application;
  /** The path of the application below `/api/console`. */
  readonly path: string;
  /** Takes the application that the server returned after a change. */
  readonly onApplication: (application: Application) => void;
}
