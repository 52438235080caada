"""The conformance protocol on standard input and output, for adapters in Python."""

import base64
import json
import re
import sys
from importlib.metadata import version as version_of
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"

__all__ = [
    *["FORM", "Unsupported", "carried", "form_or_body", "received", "requested"],
    *["serve", "version_of"],
]


class Unsupported(Exception):
    """The implementation does not support the request, which is not a failure."""


def serve(description, commands):
    """Answers each line with the function of its command."""
    described = {**description, "commands": list(commands)}
    sys.stdin.reconfigure(encoding="utf-8", newline="\n")
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["command"] == "stop":
            break
        answer = described if asked["command"] == "describe" else answer_of(commands, asked)
        print(json.dumps({"id": asked["id"], **answer}), flush=True)


def answer_of(commands, asked):
    try:
        if asked["command"] not in commands:
            raise Unsupported("no such command")
        return commands[asked["command"]](asked)
    except Unsupported as why:
        return {"unsupported": str(why)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def requested(asked):
    """The request to sign, if a client supports it."""
    for name in ("realm", "callback", "verifier"):
        if asked[name] == "":
            raise Unsupported(f"an empty {name} means no {name}")
    return asked


def form_or_body(asked):
    """Headers and body, as a client passes them for a form, another body, or none."""
    if asked["form"] is not None:
        return {"Content-Type": FORM}, urlencode([tuple(pair) for pair in asked["form"]])
    return {}, None if asked["body"] is None else base64.b64decode(asked["body"])


def carried(asked, uri, headers, body):
    """The URL of a signed request, and the part that carries the protocol parameters."""
    sent = {"url": as_text(uri)}
    match asked["transmission"]:
        case "header":
            return {**sent, "authorization": as_text(headers["Authorization"])}
        case "form-body":
            return {**sent, "body": as_text(body)}
        case _:
            return sent


def as_text(value):
    return value.decode() if isinstance(value, bytes) else value


def received(asked):
    """Headers by name, fields of one name joined as HTTP joins them, and the body as text."""
    headers = {}
    for name, folded in asked["headers"]:
        title, value = name.title(), re.sub(r"\r?\n[ \t]+", " ", folded)
        headers[title] = f"{headers[title]}, {value}" if title in headers else value
    body = None if asked["body"] is None else base64.b64decode(asked["body"])
    return headers, body
