import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { AccountMenu } from "../session/account-menu.js";
import { ThemeChoice } from "./theme-choice.js";

/** The pages, in the order in which a new user needs them. */
const PAGES = [
  { path: "/api-keys", name: "API keys" },
  { path: "/playground", name: "Playground" },
  { path: "/inspector", name: "Inspector" },
  { path: "/conformance", name: "Conformance" },
] as const;

/** The frame of every page, with the navigation. */
export function Frame({ children }: { readonly children: ComponentChildren }) {
  const { path } = useLocation();
  return (
    <div class="frame">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <header class="frame-header">
        <a class="brand" href="/" aria-label="@oauth1 console, home">
          <img src="/icon.svg" alt="" width="28" height="28" />
          <span>@oauth1</span>
        </a>
        <nav aria-label="Pages">
          <ul>
            {PAGES.map((page) => (
              <li key={page.path}>
                <a
                  href={page.path}
                  aria-current={
                    path.startsWith(page.path) || (path === "/" && page === PAGES[0])
                      ? "page"
                      : undefined
                  }
                >
                  {page.name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <AccountMenu />
        <ThemeChoice />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
