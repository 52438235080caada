import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { ThemeChoice } from "../components/theme-choice.js";

interface Props {
  readonly pages: readonly { readonly path: string; readonly title: string }[];
  readonly children: ComponentChildren;
}

/** The frame of the site's tools, with the way back to the documentation. */
export function SiteFrame({ pages, children }: Props) {
  const { path } = useLocation();
  return (
    <div class="frame">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <header class="frame-header">
        <a class="brand" href="../" aria-label="@oauth1, documentation">
          <img src="../icon.svg" alt="" width="28" height="28" />
          <span>@oauth1</span>
        </a>
        <nav aria-label="Tools">
          <ul>
            {pages.map((page) => (
              <li key={page.path}>
                {/* The target leaves this document, because the pages have different policies. */}
                <a
                  href={page.path}
                  target="_top"
                  aria-current={path === page.path ? "page" : undefined}
                >
                  {page.title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <ThemeChoice stored="vitepress-theme-appearance" />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer class="frame-footer">
        <a href="../">Documentation</a> · <a href="../troubleshooting">Troubleshooting</a>
      </footer>
    </div>
  );
}
