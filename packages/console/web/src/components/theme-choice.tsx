import { useLayoutEffect, useState } from "preact/hooks";

const STORED = "oauth1-theme";

/** Applies the chosen theme, or else the system's theme, before the page is painted. */
function firstTheme(): string {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = localStorage.getItem(STORED) ?? (isDark ? "dark" : "light");
  document.documentElement.dataset["theme"] = theme;
  return theme;
}

/** Switches between light and dark. The default is the system's theme. */
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
