import "@picocss/pico/css/pico.min.css";
import "./styles/console.css";
import { render } from "preact";
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from "preact-iso";
import { Frame } from "./components/frame.js";
import { NotFound } from "./components/not-found.js";

const Playground = lazy(() => import("./playground/playground.js"));
const Inspector = lazy(() => import("./inspector/inspector.js"));
const Conformance = lazy(() => import("./conformance/conformance.js"));

function Console() {
  return (
    <LocationProvider>
      <Frame>
        <ErrorBoundary>
          <Router>
            <Route path="/playground" component={Playground} />
            <Route path="/inspector" component={Inspector} />
            <Route path="/conformance" component={Conformance} />
            <Route default component={NotFound} />
          </Router>
        </ErrorBoundary>
      </Frame>
    </LocationProvider>
  );
}

const root = document.getElementById("app");
if (root !== null) render(<Console />, root);
