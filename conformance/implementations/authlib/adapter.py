import os
import sys

sys.path.insert(0, "../protocol")
from protocol import FORM, Unsupported, carried, form_or_body, received, requested, serve
from protocol import version_of

# Authlib's own switch: without it, http URLs are rejected.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.oauth1 import ClientAuth, ResourceProtector
from authlib.oauth1.errors import OAuth1Error
from authlib.oauth1.rfc5849 import signature
from authlib.oauth1.rfc5849.util import escape
from authlib.oauth1.rfc5849.wrapper import OAuth1Request

METHODS = ["HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"]
TYPES = {"header": "HEADER", "query": "QUERY", "form-body": "BODY"}


def percent_encode(asked):
    if "text" not in asked:
        raise Unsupported("escape takes text")
    return {"result": escape(asked["text"])}


def sign_base_string(asked):
    secrets = asked["clientSharedSecret"], asked["tokenSharedSecret"]
    made = {
        "HMAC-SHA1": lambda: signature.hmac_sha1_signature(asked["baseString"], *secrets),
        "RSA-SHA1": lambda: signature.rsa_sha1_signature(asked["baseString"], asked["privateKey"]),
        "PLAINTEXT": lambda: signature.plaintext_signature(*secrets),
    }
    return {"result": made[asked["signatureMethod"]]()}


def sign(asked):
    asked = requested(asked)
    token = asked["token"] or {"identifier": None, "sharedSecret": None}
    auth = ClientAuth(
        asked["client"]["identifier"],
        client_secret=asked["client"]["sharedSecret"],
        token=token["identifier"],
        token_secret=token["sharedSecret"],
        redirect_uri=asked["callback"],
        verifier=asked["verifier"],
        rsa_key=asked["client"].get("privateKey"),
        signature_method=asked["signatureMethod"],
        signature_type=TYPES[asked["transmission"]],
        realm=asked["realm"],
    )
    headers, body = form_or_body(asked)
    # prepare is what the sessions for requests and httpx call.
    return carried(asked, *auth.prepare(asked["method"], asked["url"], headers, body or ""))


class Credentials:
    """Client and token in one: the secrets that the request came with."""

    def __init__(self, asked):
        self.asked = asked

    def get_client_secret(self):
        return self.asked["clientSharedSecret"]

    def get_oauth_token_secret(self):
        return self.asked["tokenSharedSecret"]

    def get_rsa_public_key(self):
        if "publicKey" not in self.asked:
            raise Unsupported("RSA is verified with a public key")
        return self.asked["publicKey"]


class Protector(ResourceProtector):
    """Any timestamp and nonce will do."""

    EXPIRY_TIME = None

    def __init__(self, asked):
        self.credentials = Credentials(asked)
        self.SUPPORTED_SIGNATURE_METHODS = asked.get("signatureMethods") or METHODS

    def get_client_by_id(self, client_id):
        return self.credentials

    def get_token_credential(self, request):
        return self.credentials

    def exists_nonce(self, nonce, request):
        return False


def verify(asked):
    headers, body = received(asked)
    if body and headers.get("Content-Type") != FORM:
        raise Unsupported("its caller decides whether a body is a form")
    form = body.decode("latin-1") if body else None
    try:
        if not OAuth1Request(asked["method"], asked["url"], form, headers).token:
            raise Unsupported("ResourceProtector is for requests with a token")
        Protector(asked).validate_request(asked["method"], asked["url"], form, headers)
    except (OAuth1Error, ValueError) as error:
        return {"valid": False, "problem": getattr(error, "error", None)}
    return {"valid": True}


serve(
    {
        "name": "authlib",
        "version": version_of("authlib"),
        "language": "Python",
        "signatureMethods": METHODS,
        "transmissions": list(TYPES),
        "ownNonce": True,
        "ownTimestamp": True,
        "ownVersion": True,
    },
    {
        "percent-encode": percent_encode,
        "signature": sign_base_string,
        "sign": sign,
        "verify": verify,
    },
)
