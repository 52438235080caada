"""Signs requests with requests-oauthlib and sends them to the URL of the first argument.

Prints the status codes as JSON: of a request, of the same request again, of a request whose body was
changed after its hash was signed, and of a request with a timestamp of 2011.
"""

import json
import sys
from base64 import b64encode
from hashlib import sha1

from oauthlib.oauth1 import Client
from requests import Request, Session
from requests_oauthlib import OAuth1

url = sys.argv[1]
CREDENTIALS = ("dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00")
TEXT = {"Content-Type": "text/plain"}


class HashingClient(Client):
    """OAuth Request Body Hash, §3.2."""

    def get_oauth_params(self, request):
        body_hash = b64encode(sha1(b"Give 5 to Jane").digest()).decode()
        return super().get_oauth_params(request) + [("oauth_body_hash", body_hash)]


def signed(method="GET", headers=None, body=None, **options):
    return Request(method, url, headers, data=body, auth=OAuth1(*CREDENTIALS, **options)).prepare()


with Session() as session:
    status = lambda request: session.send(request).status_code
    first = signed()
    changed = signed("POST", TEXT, "Give 5 to Jane", client_class=HashingClient)
    changed.body = b"Give 9 to Jane"
    print(
        json.dumps(
            {
                "signed": status(first),
                "replayed": status(first),
                "changed": status(changed),
                "old": status(signed(timestamp="1300000000")),
            }
        )
    )
