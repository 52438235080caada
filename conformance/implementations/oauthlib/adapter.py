import sys
from urllib.parse import urlsplit

sys.path.insert(0, "../protocol")
from protocol import Unsupported, carried, form_or_body, received, requested, serve, version_of

from oauthlib import oauth1
from oauthlib.oauth1.rfc5849 import signature, utils

TYPES = {
    "header": oauth1.SIGNATURE_TYPE_AUTH_HEADER,
    "query": oauth1.SIGNATURE_TYPE_QUERY,
    "form-body": oauth1.SIGNATURE_TYPE_BODY,
}
HMAC = {
    "HMAC-SHA1": signature.sign_hmac_sha1_with_client,
    "HMAC-SHA256": signature.sign_hmac_sha256_with_client,
    "HMAC-SHA512": signature.sign_hmac_sha512_with_client,
    "PLAINTEXT": signature.sign_plaintext_with_client,
}
RSA = {
    "RSA-SHA1": signature.sign_rsa_sha1_with_client,
    "RSA-SHA256": signature.sign_rsa_sha256_with_client,
    "RSA-SHA512": signature.sign_rsa_sha512_with_client,
}


def percent_encode(asked):
    if "text" not in asked:
        raise Unsupported("escape takes text")
    return {"result": utils.escape(asked["text"])}


def base_string(asked):
    names = [name for name, _ in asked["parameters"]]
    if "realm" in names or "oauth_signature" in names:
        raise Unsupported("collect_parameters excludes them from a whole header field only")
    collected = signature.collect_parameters(
        uri_query=urlsplit(asked["url"]).query,
        body=[tuple(pair) for pair in asked["form"] or []],
    )
    return {
        "result": signature.signature_base_string(
            asked["method"],
            signature.base_string_uri(asked["url"]),
            signature.normalize_parameters(
                collected + [tuple(pair) for pair in asked["parameters"]]
            ),
        )
    }


def sign_base_string(asked):
    if asked["signatureMethod"] in RSA and not asked["baseString"].isascii():
        raise Unsupported("a signature base string is ASCII")
    client = oauth1.Client(
        "client",
        client_secret=asked["clientSharedSecret"],
        resource_owner_secret=asked["tokenSharedSecret"],
        rsa_key=asked.get("privateKey"),
    )
    sign = {**HMAC, **RSA}[asked["signatureMethod"]]
    return {"result": sign(asked["baseString"], client)}


def sign(asked):
    asked = requested(asked)
    token = asked["token"] or {"identifier": None, "sharedSecret": None}
    client = oauth1.Client(
        asked["client"]["identifier"],
        client_secret=asked["client"]["sharedSecret"],
        resource_owner_key=token["identifier"],
        resource_owner_secret=token["sharedSecret"],
        callback_uri=asked["callback"],
        verifier=asked["verifier"],
        signature_method=asked["signatureMethod"],
        signature_type=TYPES[asked["transmission"]],
        rsa_key=asked["client"].get("privateKey"),
        nonce=asked["nonce"],
        timestamp=asked["timestamp"],
    )
    headers, body = form_or_body(asked)
    if asked["form"] is None:
        # Called as by requests-oauthlib, which does not pass a body that is not a form.
        body = None
    realm = asked["realm"]
    return carried(asked, *client.sign(asked["url"], asked["method"], body, headers, realm))


class Validator(oauth1.RequestValidator):
    """Knows the secrets of the request, and accepts any timestamp and nonce."""

    enforce_ssl = False
    timestamp_lifetime = 10**12
    dummy_client = "dummy"

    def __init__(self, asked):
        super().__init__()
        self.asked = asked

    @property
    def allowed_signature_methods(self):
        return self.asked.get("signatureMethods") or [*HMAC, *RSA]

    def check_client_key(self, client_key):
        return True

    def check_nonce(self, nonce):
        return True

    def validate_client_key(self, client_key, request):
        return True

    def validate_timestamp_and_nonce(self, *_args, **_kwargs):
        return True

    def get_client_secret(self, client_key, request):
        return self.asked["clientSharedSecret"]

    def get_access_token_secret(self, client_key, token, request):
        return self.asked["tokenSharedSecret"]

    def get_rsa_key(self, client_key, request):
        if "publicKey" not in self.asked:
            raise Unsupported("RSA is verified with a public key")
        return self.asked["publicKey"]


def verify(asked):
    headers, body = received(asked)
    endpoint = oauth1.SignatureOnlyEndpoint(Validator(asked))
    # The endpoint itself checks whether the body is a form. WSGI's text of octets is Latin-1.
    text = None if body is None else body.decode("latin-1")
    valid, _ = endpoint.validate_request(asked["url"], asked["method"], text, headers)
    return {"valid": valid}


serve(
    {
        "name": "oauthlib",
        "version": version_of("oauthlib"),
        "language": "Python",
        "signatureMethods": [*HMAC, *RSA],
        "transmissions": list(TYPES),
        "ownVersion": True,
    },
    {
        "percent-encode": percent_encode,
        "base-string": base_string,
        "signature": sign_base_string,
        "sign": sign,
        "verify": verify,
    },
)
