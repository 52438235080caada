import "@picocss/pico/css/pico.min.css";
import "./styles/console.css";
import "./styles/api-keys.css";
import "./styles/playground.css";
import { render } from "preact";
import { ErrorBoundary, LocationProvider, Route, Router } from "preact-iso";
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
    <LocationProvider>
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
    </LocationProvider>
  );
}

watchNavigation();
const root = document.getElementById("app");
if (root !== null) render(<Console />, root);
