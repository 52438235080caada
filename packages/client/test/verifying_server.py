"""An HTTP server that verifies each request with oauthlib.

It prints its port, and responds with the received request as JSON: with 200 if the signature verifies
and the nonce is fresh, with 401 if not. The path decides what else it does:

/to/STATUS/COUNT/REST          redirects COUNT times with STATUS, then responds for /REST
/away/STATUS/ORIGIN/REST       redirects with STATUS to REST at another origin (escaped)
/at/STATUS/LOCATION            redirects with STATUS to any Location (escaped octets)
/fail/COUNT/KEY                responds 503 to the first COUNT requests of KEY, each verified
/clock/SECONDS/WHERE/REST      has a clock that is SECONDS ahead, and reports it in WHERE
/unsigned/...                  does any of this without verifying
"""

import base64
import hashlib
import json
import re
import sys
import time
from collections import Counter
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import quote, quote_plus, unquote, unquote_to_bytes

from oauthlib.oauth1.rfc5849 import signature

SECRETS = ("kd94hf93k423kf44", "pfkkdhi9sl3r4s00")
RSA_PUBLIC_KEY = sys.argv[1] if len(sys.argv) > 1 else None
HASHES = {"HMAC-SHA1": hashlib.sha1, "RSA-SHA1": hashlib.sha1, "HMAC-SHA256": hashlib.sha256,
          "RSA-SHA256": hashlib.sha256}
ACCESS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*, Authorization",
          "Access-Control-Allow-Methods": "*", "Access-Control-Expose-Headers": "*, Date, WWW-Authenticate"}

nonces = set()
failures = Counter()


def decodable(form):
    """Escapes characters that browsers leave unescaped in URLs and oauthlib does not read in a form.
    The decoded parameters are the same."""
    return re.sub(r"[^\w.~%&=+-]+", lambda found: quote(found[0].encode("latin-1")), form, flags=re.A)


def protocol_parameters(handler, body):
    """Returns the parameters as oauthlib collects them, and the protocol parameters by name."""
    content_type = handler.headers.get("Content-Type", "").split(";")[0].strip().lower()
    is_form = content_type == "application/x-www-form-urlencoded"
    parameters = signature.collect_parameters(
        uri_query=decodable(handler.target.partition("?")[2]),
        body=decodable(body.decode("latin-1")) if is_form else [],
        headers={"Authorization": value} if (value := handler.headers.get("Authorization")) else {},
        exclude_oauth_signature=False,
    )
    protocol = [name for name, _ in parameters if name.startswith("oauth_")]
    if len(protocol) != len(set(protocol)):
        raise ValueError("a protocol parameter appears twice")
    return parameters, dict(parameters), is_form


def verify(handler, body):
    """Raises ValueError if a request does not verify."""
    if len(handler.headers.get_all("Authorization", [])) > 1:
        raise ValueError("two Authorization fields")
    parameters, named, is_form = protocol_parameters(handler, body)
    if "oauth_signature" not in named:
        raise ValueError("no signature")
    received = SimpleNamespace(
        http_method=handler.command,
        # oauthlib loses a `;` before a query, but no path in these tests ends with one.
        uri=f"http://{handler.headers['Host']}{handler.target}",
        params=[(name, value) for name, value in parameters if name != "oauth_signature"],
        signature=named["oauth_signature"],
    )
    method = named["oauth_signature_method"]
    if method == "RSA-SHA256":
        verified = signature.verify_rsa_sha256(received, RSA_PUBLIC_KEY)
    elif method == "HMAC-SHA256":
        verified = signature.verify_hmac_sha256(received, *SECRETS)
    else:
        verified = signature.verify_hmac_sha1(received, *SECRETS)
    if not verified:
        raise ValueError("signature does not verify")
    if "oauth_body_hash" in named:
        if is_form:
            raise ValueError("a form with a body hash")
        expected = base64.b64encode(HASHES[method](body).digest()).decode()
        if named["oauth_body_hash"] != expected:
            raise ValueError("body hash is wrong")
    if named["oauth_nonce"] in nonces:
        raise ValueError("nonce used before")
    nonces.add(named["oauth_nonce"])
    return named


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *arguments):
        pass

    def read_body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def answer(self, status, content, headers=(), content_type="application/json", date=None):
        octets = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response_only(status)
        self.send_header("Date", formatdate(date, usegmt=True))
        for name, value in [*ACCESS.items(), *headers]:
            self.send_header(name, value)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(octets)

    def respond(self):
        # `path` lacks a second slash at its start, unlike what was received.
        self.target = self.raw_requestline.decode("latin-1").split(" ")[1]
        body = self.read_body()
        if self.command == "OPTIONS" and self.headers.get("Access-Control-Request-Method"):
            return self.answer(204, b"")
        echo = {
            "method": self.command,
            "target": self.target,
            "headers": [[name.lower(), value] for name, value in self.headers.items()],
            "body": base64.b64encode(body).decode(),
        }
        path, mark, query = self.target.partition("?")
        is_signed = not path.startswith("/unsigned/")
        first, *rest = path.removeprefix("/unsigned")[1:].split("/")
        try:
            named = verify(self, body) if is_signed else {}
        except (KeyError, ValueError) as error:
            return self.answer(401, {**echo, "verified": False, "reason": str(error)})
        echo["verified"] = is_signed
        if first == "clock" and (rejected := self.by_clock(named, *rest[:2])):
            return rejected()
        if first == "to":
            status, count, *further = rest
            target = "/".join(["/to", status, str(int(count) - 1), *further])
            # Protocol parameters in a query belong to the current request only.
            own = [piece for piece in query.split("&") if mark and not piece.startswith("oauth_")]
            target = target if int(count) > 1 else "/" + "/".join(further)
            if own:
                target += "?" + "&".join(own)
            return self.answer(int(status), echo, [("Location", target)])
        if first in ("away", "at"):
            location = unquote_to_bytes("/".join(rest[1:])).decode("latin-1")
            return self.answer(int(rest[0]), echo, [("Location", location)])
        if first == "fail":
            failures[rest[1]] += 1
            if failures[rest[1]] <= int(rest[0]):
                return self.answer(503, echo)
        return self.answer(200, echo)

    def by_clock(self, named, seconds, where):
        """Returns how to reject a timestamp, if this clock must."""
        now = int(time.time()) + int(seconds)
        if abs(int(named["oauth_timestamp"]) - now) <= 300:
            return None
        problem = "oauth_problem=timestamp_refused"
        range_ = f"oauth_acceptable_timestamps={now - 300}-{now + 300}"
        challenge = lambda text: [("WWW-Authenticate", text)]
        return {
            "header": lambda: self.answer(401, {}, challenge(f'OAuth realm="x", {problem}'), date=now),
            "range": lambda: self.answer(401, {}, challenge(f"OAuth {problem}, {range_}")),
            "body": lambda: self.answer(400, f"{problem}&{range_}".encode(), content_type="text/plain"),
            "date": lambda: self.answer(401, {}, challenge("OAuth"), date=now),
            "silent": lambda: self.answer(401, {}),
            "other": lambda: self.answer(401, {}, challenge("OAuth oauth_problem=token_expired"), date=now),
        }[where]

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = respond
    do_PROPFIND = do_patch = respond


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


server = Server(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
