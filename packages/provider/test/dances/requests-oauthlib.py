"""A dance with requests-oauthlib, as its documentation shows it."""
import os

from requests_oauthlib import OAuth1Session

provider, callback = os.environ["PROVIDER"], os.environ["CALLBACK"]
session = OAuth1Session(
    os.environ["CLIENT"], client_secret=os.environ["CLIENT_SECRET"], callback_uri=callback
)
session.fetch_request_token(f"{provider}/oauth/initiate")
print(session.authorization_url(f"{provider}/oauth/authorize"), flush=True)

answer = input()
try:
    if callback == "oob":
        session.fetch_access_token(f"{provider}/oauth/token", verifier=answer)
    else:
        session.parse_authorization_response(answer)
        session.fetch_access_token(f"{provider}/oauth/token")
except ValueError as error:
    print(f"failed: {type(error).__name__}: {error}", flush=True)
else:
    for _ in range(2):
        response = session.get(os.environ["RESOURCE"])
        print(response.status_code, response.text, flush=True)
        input()
