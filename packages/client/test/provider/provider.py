"""A server of RFC 5849 §2 and §3 that verifies with oauthlib.

The first line on stdin is its configuration as JSON:

    {"clients": {"key": {"secret": "…", "public_key": "PEM"}}, "tokens": {"token": "secret"},
     "users": {"name": "password"}, "paths": {"initiate": ["/initiate"], …},
     "unsigned": {"/path": "answer"}, "signed": {"/path": "answer"},
     "bearer": {"/path": {"token": "…", "answer": "…"}},
     "tls": {"certificate": "file", "key": "file"}, "port": 8080}

It prints its port. `/received` returns the requests since the last call, with the verdict on each.
The server ends when stdin does. `X-Forwarded-Proto` and `X-Forwarded-Host` name the requested URL,
as behind a proxy that ends TLS.
"""

import base64
import hashlib
import json
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

from oauthlib.oauth1 import (
    AccessTokenEndpoint,
    AuthorizationEndpoint,
    RequestTokenEndpoint,
    RequestValidator,
    SignatureOnlyEndpoint,
)
from oauthlib.oauth1.rfc5849 import errors

configuration = json.loads(sys.stdin.readline())
clients = configuration["clients"]
tokens = configuration.get("tokens", {})
users = configuration.get("users", {})
paths = {"initiate": ["/initiate"], "authorize": ["/authorize"], "token": ["/token"]}
paths.update(configuration.get("paths", {}))
temporary = {}
sessions = {}
nonces = set()
received = []
SESSION = {
    "oauth_session_handle": "session/1 +%",
    "oauth_expires_in": "3600",
    "oauth_authorization_expires_in": "86400",
    "user_id": "38895958",
    "screen_name": "☃ jane",
}


class Validator(RequestValidator):
    enforce_ssl = False
    dummy_client = dummy_request_token = dummy_access_token = "dummy"

    # Each server chooses lengths and characters itself (RFC 5849 §3.1).
    def check_client_key(self, key):
        return key != ""

    check_request_token = check_access_token = check_nonce = check_verifier = check_client_key

    def check_realms(self, realms):
        return True

    def get_default_realms(self, client_key, request):
        return []

    def validate_timestamp_and_nonce(self, client_key, timestamp, nonce, request, request_token=None, access_token=None):
        spent = (client_key, timestamp, nonce, request.resource_owner_key)
        if spent in nonces:
            return False
        nonces.add(spent)
        return True

    def validate_client_key(self, client_key, request):
        return client_key in clients

    def get_client_secret(self, client_key, request):
        return clients.get(client_key, {}).get("secret", "dummy")

    def get_rsa_key(self, client_key, request):
        return clients[client_key]["public_key"]

    def get_request_token_secret(self, client_key, token, request):
        return temporary.get(token, {}).get("oauth_token_secret", "dummy")

    def get_access_token_secret(self, client_key, token, request):
        return tokens.get(token, "dummy")

    def validate_requested_realms(self, client_key, realms, request):
        return True

    def validate_redirect_uri(self, client_key, redirect_uri, request):
        return True

    def save_request_token(self, token, request):
        temporary[token["oauth_token"]] = {
            **token,
            "client": request.client_key,
            "callback": request.redirect_uri,
        }

    def verify_request_token(self, token, request):
        return token in temporary

    def save_verifier(self, token, verifier, request):
        temporary[token]["verifier"] = verifier["oauth_verifier"]

    def get_redirect_uri(self, token, request):
        return temporary[token]["callback"]

    def validate_request_token(self, client_key, token, request):
        return temporary.get(token, {}).get("client") == client_key

    def validate_verifier(self, client_key, token, verifier, request):
        return temporary.get(token, {}).get("verifier") == verifier

    def get_realms(self, token, request):
        return []

    def save_access_token(self, token, request):
        tokens[token["oauth_token"]] = token["oauth_token_secret"]
        if "oauth_session_handle" in token:
            sessions[token["oauth_token"]] = token["oauth_session_handle"]

    def invalidate_request_token(self, client_key, token, request):
        del temporary[token]


validator = Validator()
initiate = RequestTokenEndpoint(validator)
authorize = AuthorizationEndpoint(validator)
exchange = AccessTokenEndpoint(validator)
signed = SignatureOnlyEndpoint(validator)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def fresh_token():
    token = {"oauth_token": exchange.token_generator(), "oauth_token_secret": exchange.token_generator()}
    token.update(SESSION)
    validator.save_access_token(token, None)
    return FORM, urlencode(token), 200


def rejected(problem, advice=""):
    report = {"oauth_problem": problem, **({"oauth_problem_advice": advice} if advice else {})}
    challenge = ", ".join(f'{name}="{urlencode({"": value})[1:].replace("+", "%20")}"' for name, value in report.items())
    return {**FORM, "WWW-Authenticate": f'OAuth realm="Photos", {challenge}'}, urlencode(report), 401


def body_hash_of(method, body):
    algorithm = {"SHA1": "sha1", "SHA256": "sha256", "SHA512": "sha512"}[method.split("-")[1]]
    return base64.b64encode(hashlib.new(algorithm, body).digest()).decode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_request(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        scheme = self.headers.get("X-Forwarded-Proto", "https" if "tls" in configuration else "http")
        url = f"{scheme}://{self.headers.get('X-Forwarded-Host', self.headers['Host'])}{self.path}"
        request = (url, self.command, body.decode("latin-1"), dict(self.headers))
        try:
            headers, content, status = self.answer(urlsplit(self.path).path, request, body)
        except (ValueError, errors.OAuth1Error) as error:
            headers, content, status = {}, f"{type(error).__name__}: {error}", 400
        content = (content or "").encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = handle_request

    def answer(self, path, request, body):
        if path == "/received":
            reports = received.copy()
            received.clear()
            return {"Content-Type": "application/json"}, json.dumps(reports), 200
        if path in configuration.get("unsigned", {}):
            return {"Content-Type": "application/json"}, configuration["unsigned"][path], 200
        if path in configuration.get("bearer", {}):
            protected = configuration["bearer"][path]
            known = request[3].get("Authorization") == f"Bearer {protected['token']}"
            return {"Content-Type": "application/json"}, protected["answer"] if known else "{}", 200 if known else 401
        if path in paths["authorize"]:
            return self.grant(request)
        found = signed._create_request(*request)
        verified, _ = True, None
        if path in paths["initiate"]:
            headers, content, status = initiate.create_request_token_response(*request)
            verified = status == 200
        elif path in paths["token"] and found.verifier:
            headers, content, status = exchange.create_access_token_response(*request, credentials=dict(SESSION))
            verified = status == 200
        else:
            verified, _ = signed.validate_request(*request)
            body_hash = found.oauth_params.get("oauth_body_hash")
            if body_hash is not None:
                verified = verified and body_hash == body_hash_of(found.signature_method, body)
            content = configuration.get("signed", {}).get(path, json.dumps({"verified": verified}))
            headers, status = {"Content-Type": "application/json"}, 200
            if verified and path in paths["token"]:
                headers, content, status = self.without_verifier(found)
        if not verified:
            headers, content, status = rejected(
                "signature_invalid" if found.client_key in clients else "consumer_key_unknown",
                "Verdict of oauthlib: 100% no.",
            )
        where = "header" if "Authorization" in request[3] else "query" if "oauth_signature=" in request[0] else "form-body"
        received.append(
            {
                "method": self.command,
                "target": self.path,
                "verified": bool(verified),
                "signatureMethod": found.signature_method,
                "transmission": where,
                "realm": found.realm,
                "protocolParameters": found.oauth_params,
                "parameters": [pair for pair in found.params if not pair[0].startswith("oauth_")],
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "body": body.decode("utf-8", "replace"),
            }
        )
        return headers, content, status

    def grant(self, request):
        query = dict(parse_qsl(urlsplit(request[0]).query))
        # E*TRADE's page has another name for it.
        token = query.get("oauth_token", query.get("token"))
        if "deny" not in query:
            # The other parameters of the page are for the resource owner.
            url = f"{request[0].split('?')[0]}?{urlencode({'oauth_token': token})}"
            return authorize.create_authorization_response(url, *request[1:])
        problem = urlencode({"oauth_token": token, "oauth_problem": "user_refused"})
        return {"Location": f"{temporary[token]['callback']}?{problem}"}, None, 302

    def without_verifier(self, found):
        """Session renewal, xAuth and two-legged. The request is already verified."""
        parameters = dict(found.params)
        handle = found.oauth_params.get("oauth_session_handle")
        if handle is not None:
            if sessions.get(found.resource_owner_key) != handle:
                return rejected("token_expired")
        elif "x_auth_mode" in parameters:
            name, password = parameters["x_auth_username"], parameters["x_auth_password"]
            if parameters["x_auth_mode"] != "client_auth" or users.get(name) != password:
                return rejected("permission_denied", f"not the password: {password}")
        return fresh_token()

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", configuration.get("port", 0)), Handler)
server.daemon_threads = True
if "tls" in configuration:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(configuration["tls"]["certificate"], configuration["tls"]["key"])
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
