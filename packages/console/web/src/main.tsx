import "@picocss/pico/css/pico.min.css";
import "./styles/console.css";
import "./styles/playground.css";
import { render } from "preact";
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from "preact-iso";
import { Frame } from "./components/frame.js";
import { NotFound } from "./components/not-found.js";
import { SessionProvider } from "./session/session.js";

const KeyList = lazy(() => import("./api-keys/key-list.js"));
const NewKey = lazy(() => import("./api-keys/new-key.js"));
const KeyPage = lazy(() => import("./api-keys/key-page.js"));
const Welcome = lazy(() => import("./session/welcome.js"));
const Playground = lazy(() => import("./playground/playground.js"));
const Inspector = lazy(() => import("./inspector/inspector.js"));
const Conformance = lazy(() => import("./conformance/conformance.js"));

function Console() {
  return (
    <LocationProvider>
      <SessionProvider>
        <Frame>
          <ErrorBoundary>
            <Router>
              <Route path="/" component={KeyList} />
              <Route path="/api-keys" component={KeyList} />
              <Route path="/api-keys/new" component={NewKey} />
              <Route path="/api-keys/:keyId" component={KeyPage} />
              <Route path="/welcome" component={Welcome} />
              <Route path="/playground" component={Playground} />
              <Route path="/inspector" component={Inspector} />
              <Route path="/conformance" component={Conformance} />
              <Route default component={NotFound} />
            </Router>
          </ErrorBoundary>
        </Frame>
      </SessionProvider>
    </LocationProvider>
  );
}

const root = document.getElementById("app");
if (root !== null) render(<Console />, root);
