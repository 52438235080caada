import { useLayoutEffect, useState } from "preact/hooks";

/** Applies the chosen theme, or else the system's theme, before the page is painted. */
function firstTheme(stored: string): string {
  const chosen = localStorage.getItem(stored);
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = chosen === "dark" || chosen === "light" ? chosen : isDark ? "dark" : "light";
  document.documentElement.dataset["theme"] = theme;
  return theme;
}

/**
 * Switches between light and dark. The default is the system's theme.
 *
 * @param stored - The name of the choice in the browser's storage.
 */
export function ThemeChoice({ stored }: { readonly stored: string }) {
  const [theme, setTheme] = useState(() => firstTheme(stored));
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
        localStorage.setItem(stored, other);
        setTheme(other);
      }}
    >
      <span aria-hidden="true">{theme === "dark" ? "☀" : "☾"}</span>
    </button>
  );
}
