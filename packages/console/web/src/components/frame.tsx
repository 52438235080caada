import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { PAGES } from "../routes.js";
import { AccountMenu } from "../session/account-menu.js";
import { useSession } from "../session/session.js";
import { ThemeChoice } from "./theme-choice.js";

/** The frame of every page, with the navigation. */
export function Frame({ children }: { readonly children: ComponentChildren }) {
  const { path } = useLocation();
  const { session } = useSession();
  const current = path === "/" ? "/api-keys" : path;
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
            {PAGES.map(
              (page) =>
                page.navigation !== undefined &&
                (page.isFor?.(session) ?? true) && (
                  <li key={page.path}>
                    <a
                      href={page.path}
                      aria-current={
                        current === page.path || current.startsWith(`${page.path}/`)
                          ? "page"
                          : undefined
                      }
                    >
                      {page.navigation}
                    </a>
                  </li>
                ),
            )}
          </ul>
        </nav>
        <AccountMenu />
        <ThemeChoice stored="oauth1-theme" />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer class="frame-footer">
        {/* It is not a page of this application. */}
        <a href="/api/docs" target="_blank" rel="noreferrer">
          HTTP API<span class="unseen"> (opens in a new tab)</span>
        </a>
      </footer>
    </div>
  );
}
