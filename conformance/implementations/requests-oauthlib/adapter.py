import sys

sys.path.insert(0, "../protocol")
from protocol import carried, form_or_body, requested, serve, version_of

from requests import Request
from requests_oauthlib import OAuth1

TYPES = {"header": "AUTH_HEADER", "query": "QUERY", "form-body": "BODY"}


def sign(asked):
    asked = requested(asked)
    token = asked["token"] or {"identifier": None, "sharedSecret": None}
    auth = OAuth1(
        asked["client"]["identifier"],
        client_secret=asked["client"]["sharedSecret"],
        resource_owner_key=token["identifier"],
        resource_owner_secret=token["sharedSecret"],
        callback_uri=asked["callback"],
        verifier=asked["verifier"],
        signature_method=asked["signatureMethod"],
        signature_type=TYPES[asked["transmission"]],
        rsa_key=asked["client"].get("privateKey"),
        realm=asked["realm"],
        nonce=asked["nonce"],
        timestamp=asked["timestamp"],
    )
    _, body = form_or_body(asked)
    # A form is a list of pairs, as requests documents it; any other body is octets.
    data = body if asked["form"] is None else [tuple(pair) for pair in asked["form"]]
    sent = Request(asked["method"], asked["url"], data=data, auth=auth).prepare()
    return carried(asked, sent.url, sent.headers, sent.body)


serve(
    {
        "name": "requests-oauthlib",
        "version": version_of("requests-oauthlib"),
        "language": "Python",
        "signatureMethods": [
            *["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512"],
            *["RSA-SHA1", "RSA-SHA256", "RSA-SHA512", "PLAINTEXT"],
        ],
        "transmissions": list(TYPES),
        "ownVersion": True,
    },
    {"sign": sign},
)
