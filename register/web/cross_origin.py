"""What pages of other sites may read in a browser: what is public in the API, and nothing else.

No cookie opens anything in the API, and a token may not be sent from there: the answer to who asks
whether it may does not name the header.
"""

from flask import Response, request

from register.web.bearers import is_api
from register.web.calls import HEADERS

READS = ("GET", "HEAD", "OPTIONS")
TOLD = ", ".join(sorted(set(HEADERS) - {"Location"}))  # which only filing answers with


def varies() -> str:
    """Name the header by which answers at this address differ from one reader to the other."""
    return "Authorization" if is_api() else "Cookie"


def allow(response: Response) -> None:
    """Let any page read an answer of the API that was asked for without a token."""
    if not is_api() or request.method not in READS or "Authorization" in request.headers:
        return
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = TOLD
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = ", ".join(READS)
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Range, Range"
        response.headers["Access-Control-Max-Age"] = "86400"
