"""Signs requests with oauthlib: reads a JSON list of requests, and writes the signed ones."""

import json
import sys

from oauthlib.oauth1 import Client

FORM = "application/x-www-form-urlencoded"

signed = []
for request in json.load(sys.stdin):
    token = request.get("token") or {}
    client = Client(
        request["client"]["identifier"],
        client_secret=request["client"]["sharedSecret"],
        resource_owner_key=token.get("identifier"),
        resource_owner_secret=token.get("sharedSecret"),
        signature_method=request["signatureMethod"],
        signature_type=request["signatureType"],
        realm="Photos",
    )
    body = request["body"]
    url, headers, body = client.sign(
        request["url"],
        http_method=request["method"],
        body=body,
        headers={"Content-Type": FORM} if body is not None else {},
    )
    signed.append({"method": request["method"], "url": url, "headers": headers, "body": body})
json.dump(signed, sys.stdout)
