import { useEffect, useState } from "preact/hooks";

const STORED = "oauth1-theme";

/** Light or dark: what the system says until a person chooses. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(
    () =>
      localStorage.getItem(STORED) ??
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"),
  );
  useEffect(() => {
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
