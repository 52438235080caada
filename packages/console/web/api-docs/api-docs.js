// Shows the description of the API. Requests that change something need the CSRF token of the
// session (README of @oauth1/api-keys), which "Execute" fetches and adds.
const isChange = ({ method = "GET" }) => !["GET", "HEAD"].includes(method.toUpperCase());

window.ui = window.SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  // Without it, the viewer sends the description to a validator on the internet.
  validatorUrl: null,
  async requestInterceptor(request) {
    const { origin, pathname } = new URL(request.url, location.href);
    if (!isChange(request) || origin !== location.origin || !pathname.includes("/api/console/")) {
      return request;
    }
    const answer = await fetch("console/session", { headers: { Accept: "application/json" } });
    const session = answer.status === 200 ? await answer.json() : undefined;
    if (session?.csrfToken) request.headers["X-CSRF-Token"] = session.csrfToken;
    return request;
  },
});
