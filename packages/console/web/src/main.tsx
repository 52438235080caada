import "@picocss/pico/css/pico.min.css";
import "./styles/console.css";
import "./styles/playground.css";
import "./styles/api-keys.css";
import "./styles/key-use.css";
import "./styles/members.css";
import "./styles/applications.css";
import { render } from "preact";
import { ErrorBoundary, Route, Router } from "preact-iso";
import { addPublicPathToElements, BelowPublicPath } from "./components/below-public-path.js";
import { Frame } from "./components/frame.js";
import { watchNavigation } from "./components/leave-guard.js";
import { NotFound } from "./components/not-found.js";
import { RoutedPage } from "./components/routed-page.js";
import { PAGES } from "./routes.js";
import { SessionProvider } from "./session/session.js";

const ROUTES = PAGES.map((page) => ({
  path: page.path,
  component: () => <RoutedPage {...page} />,
}));

function Console() {
  return (
    <BelowPublicPath>
      <SessionProvider>
        <Frame>
          <ErrorBoundary>
            <Router>
              {ROUTES.map(({ path, component }) => (
                <Route key={path} path={path} component={component} />
              ))}
              <Route default component={NotFound} />
            </Router>
          </ErrorBoundary>
        </Frame>
      </SessionProvider>
    </BelowPublicPath>
  );
}

addPublicPathToElements();
watchNavigation();
const root = document.getElementById("app");
if (root !== null) render(<Console />, root);
