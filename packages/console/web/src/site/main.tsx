// The pages of the documentation's site that need no server, without code for keys and sessions.
import "@picocss/pico/css/pico.min.css";
import "../styles/console.css";
import "../styles/playground.css";
import "../styles/site.css";
import { render } from "preact";
import { Route, Router } from "preact-iso";
import { addPublicPathToElements, BelowPublicPath } from "../components/below-public-path.js";
import { TitleEnd } from "../components/page-title.js";
import { RoutedPage } from "../components/routed-page.js";
import Inspector from "../inspector/inspector.js";
import Playground from "../playground/playground.js";
import Conformance from "./conformance.js";
import { SiteFrame } from "./site-frame.js";

// All modules are part of the first script: after it, the page loads nothing.
const PAGES = [
  { path: "/playground", title: "Playground", load: async () => ({ default: Playground }) },
  { path: "/inspector", title: "Inspector", load: async () => ({ default: Inspector }) },
  { path: "/conformance", title: "Conformance", load: async () => ({ default: Conformance }) },
] as const;

const ROUTES = PAGES.map((page) => ({
  path: page.path,
  component: () => <RoutedPage {...page} />,
}));

function Site() {
  return (
    <BelowPublicPath>
      <TitleEnd.Provider value=" | @oauth1">
        <SiteFrame pages={PAGES}>
          <Router>
            {ROUTES.map(({ path, component }) => (
              <Route key={path} path={path} component={component} />
            ))}
          </Router>
        </SiteFrame>
      </TitleEnd.Provider>
    </BelowPublicPath>
  );
}

addPublicPathToElements();
// The page is also reached by the name of its file.
const withoutEnding = location.pathname.replace(/\.html$/, "");
if (withoutEnding !== location.pathname) {
  history.replaceState(null, "", withoutEnding + location.search + location.hash);
}
const root = document.getElementById("app");
if (root !== null) render(<Site />, root);
