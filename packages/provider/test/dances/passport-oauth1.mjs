// A site with passport-oauth1, Express and a session, as their documentation shows it.
import express from "express";
import session from "express-session";
import passport from "passport";
import OAuth1Strategy from "passport-oauth1";

const { PROVIDER, CALLBACK, CLIENT, CLIENT_SECRET, RESOURCE } = process.env;

const strategy = new OAuth1Strategy(
  {
    requestTokenURL: `${PROVIDER}/oauth/initiate`,
    accessTokenURL: `${PROVIDER}/oauth/token`,
    userAuthorizationURL: `${PROVIDER}/oauth/authorize`,
    consumerKey: CLIENT,
    consumerSecret: CLIENT_SECRET,
    callbackURL: CALLBACK,
    signatureMethod: "HMAC-SHA1",
  },
  (token, tokenSecret, _profile, done) => done(null, { token, tokenSecret }),
);
passport.use("photos", strategy);
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

const app = express();
app.use(session({ secret: "keyboard cat", resave: false, saveUninitialized: false }));
app.use(passport.session());
app.get("/login", passport.authenticate("photos"));
app.get(
  new URL(CALLBACK).pathname,
  passport.authenticate("photos", { successRedirect: "/photos" }),
);
app.get("/photos", (request, response) => {
  const { token, tokenSecret } = request.user;
  // The strategy's own client, which strategies for a service use to load a profile.
  strategy._oauth.get(RESOURCE, token, tokenSecret, (error, data) => {
    response.type("text").send(error ? `${error.statusCode} ${error.data}` : `200 ${data}`);
  });
});
app.use((error, _request, response, _next) => {
  const { statusCode, data } = error.oauthError ?? {};
  response.type("text").send(`failed: ${error.name}: ${statusCode} ${data}`);
});
app.listen(new URL(CALLBACK).port, "127.0.0.1", () => console.log("ready"));
