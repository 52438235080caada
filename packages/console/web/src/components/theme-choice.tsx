import { useLayoutEffect, useState } from "preact/hooks";

const STORED = "oauth1-theme";

/** What a person chose, else what the system says. Put on the page before anything is drawn. */
function firstTheme(): string {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = localStorage.getItem(STORED) ?? (isDark ? "dark" : "light");
  document.documentElement.dataset["theme"] = theme;
  return theme;
}

/** Light or dark: what the system says until a person chooses. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(firstTheme);
  useLayoutEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const other = theme === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      class="quiet theme-choice"
      aria-label={`Use the ${other} theme`}
      title={`Use the ${other} theme`}
      onClick={() => {
        localStorage.setItem(STORED, other);
        setTheme(other);
      }}
    >
      <span aria-hidden="true">{theme === "dark" ? "☀" : "☾"}</span>
    </button>
  );
}
