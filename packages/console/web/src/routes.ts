import type { ComponentType } from "preact";
import type { Session } from "./session/console-api.js";

/** A page of the console. */
export interface Page {
  /** The path, with parameters as in `/api-keys/:keyId`. */
  readonly path: string;
  /** The title of the window. A page can replace it with `useTitle`. */
  readonly title: string;
  /** Loads the module of the page. */
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  /** If present, the frame's navigation has a link with this name. */
  readonly navigation?: string;
  /** Returns true if the navigation shows the link. If omitted, every user sees it. */
  readonly isFor?: (session: Session | null | undefined) => boolean;
}

const keyList = () => import("./api-keys/key-list.js");

/** The pages. Those in the navigation have the order in which a new user needs them. */
export const PAGES: readonly Page[] = [
  { path: "/", title: "API keys", load: keyList },
  { path: "/api-keys", title: "API keys", load: keyList, navigation: "API keys" },
  { path: "/api-keys/new", title: "New API key", load: () => import("./api-keys/new-key.js") },
  { path: "/api-keys/:keyId", title: "API key", load: () => import("./api-keys/key-page.js") },
  { path: "/welcome", title: "Welcome", load: () => import("./session/welcome.js") },
  {
    path: "/members",
    title: "Members",
    load: () => import("./members/member-list.js"),
    navigation: "Members",
    isFor: (session) => session?.mayManageUsers ?? false,
  },
  {
    path: "/applications",
    title: "Connected applications",
    load: () => import("./applications/application-list.js"),
    navigation: "Applications",
    isFor: (session) => Boolean(session),
  },
  {
    path: "/applications/new",
    title: "Register application",
    load: () => import("./applications/new-application.js"),
  },
  {
    path: "/applications/:applicationId",
    title: "Application",
    load: () => import("./applications/application-page.js"),
  },
  {
    path: "/authorize",
    title: "Allow access",
    load: () => import("./applications/authorize.js"),
  },
  { path: "/members/:userId", title: "Member", load: () => import("./members/member-page.js") },
  {
    path: "/activity",
    title: "Activity",
    load: () => import("./activity/activity.js"),
    navigation: "Activity",
    isFor: (session) => session?.mayReadActivity ?? false,
  },
  { path: "/account", title: "Your account", load: () => import("./account/account.js") },
  {
    path: "/playground",
    title: "Playground",
    load: () => import("./playground/playground.js"),
    navigation: "Playground",
  },
  {
    path: "/inspector",
    title: "Inspector",
    load: () => import("./inspector/inspector.js"),
    navigation: "Inspector",
  },
  {
    path: "/conformance",
    title: "Conformance",
    load: () => import("./conformance/conformance.js"),
    navigation: "Conformance",
  },
];
