import { withBase } from "vitepress";
import DefaultTheme from "vitepress/theme";
// VitePress's own copy.
import { h } from "vue";
import "./site.css";

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { "not-found": notFound }),
};

/** The default theme's content has no landmark. */
function notFound() {
  return h("main", { class: "not-found" }, [
    h("h1", "Page not found"),
    h("p", [
      "Search for the words of an error message or for a name, or go to the ",
      h("a", { href: withBase("/") }, "start page"),
      ".",
    ]),
  ]);
}
